/**
 * What the build of the CGI program puts in the place of the free names `Request`, `Response` and `Headers`; nothing
 * global is changed. The library and every other host have the real ones.
 */
export { Headers } from "./headers.ts";
export { Request } from "./request.ts";
export { Response } from "./response.ts";
