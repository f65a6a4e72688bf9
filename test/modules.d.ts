// Packages that bring no types.

declare module "express4" {
  import express from "express";
  export = express;
}

declare module "node-fastcgi" {
  import type { RequestListener, Server } from "node:http";
  /** Looks like that of `node:http`, and speaks FastCGI. */
  export function createServer(listener: RequestListener): Server;
}
