import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { defineConfig, type Options } from "tsup";
import { buildCgi } from "./.ci/cgi-program.ts";
import { minifyToCommonJs, writeCommonJs } from "./.ci/commonjs.ts";
import { buildFilter } from "./.ci/filter-program.ts";
import { thirdPartyText } from "./.ci/third-party.ts";
import { threadInline } from "./.ci/thread-inline.ts";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/** Puts the text of the panel's files in place of reading them, so that bundles carry their own look. */
const assetsInline: Plugin = {
  name: "assets-inline",
  setup(build) {
    build.onLoad({ filter: /src[\\/]web[\\/]assets\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const contents = source
        .replace(/^import \{ readFileSync \} from "node:fs";\n/, "")
        .replace(/readFileSync\(new URL\("([^"]+)", import\.meta\.url\), "utf8"\)/g, (_, name: string) =>
          JSON.stringify(readFileSync(join(dirname(path), name), "utf8")),
        );
      if (/readFileSync\(|node:fs/.test(contents)) throw new Error(`${path} still reads files`);
      return { contents, loader: "ts" };
    });
  },
};

/** `legalComments` are dropped from the programs, so the licences of what is bundled stand in a file beside them. */
const thirdParty: Plugin = {
  name: "third-party",
  setup(build) {
    build.onEnd(({ metafile }) => {
      // esbuild calls this before tsup writes anything, so on a fresh checkout there is no folder yet.
      mkdirSync("dist", { recursive: true });
      if (metafile) writeFileSync("dist/THIRD-PARTY.txt", thirdPartyText(Object.keys(metafile.inputs)));
    });
  },
};

const common = {
  target: "node20",
  platform: "node",
  format: ["esm"],
  splitting: true,
  // Ours is `typebox`: raw, it is 709 files. Its types are public, so it stays in `dependencies` all the same.
  noExternal: ["typebox"],
  esbuildPlugins: [assetsInline, threadInline],
} satisfies Options;

const library: Options = {
  ...common,
  name: "library",
  entry: {
    index: "src/index.ts",
    client: "src/client/client.ts",
    web: "src/web-kit.ts",
    testing: "src/testing/index.ts",
    express: "adapters/express/express.ts",
    node: "adapters/node/node.ts",
    cgi: "adapters/cgi/cgi.ts",
    lambda: "adapters/lambda/lambda.ts",
  },
  async onSuccess() {
    writeCommonJs("dist");
  },
};

const programs: Options = {
  ...common,
  name: "programs",
  entry: { xmailcfg: "adapters/cli/main.ts" },
  outDir: "dist/bin",
  // Chunks have a new name with every change.
  clean: true,
  outExtension: () => ({ js: ".cjs" }),
  // Stay outside: who keeps files behind SFTP, or counts tries in Redis, installs them, nobody else pays for them.
  noExternal: [/^(?!ssh2$|@redis\/client$)/],
  esbuildPlugins: [assetsInline, threadInline, thirdParty],
  esbuildOptions: (options) => {
    options.legalComments = "none";
  },
  async onSuccess() {
    minifyToCommonJs("dist/bin");
    await buildCgi({ entry: "adapters/cgi/main.ts", folder: "dist/bin" });
    await buildFilter("dist/bin");
    // Without this Node would read `xmailcfg.cgi` by the package's "type": "module" and refuse its ending.
    writeFileSync("dist/bin/package.json", '{ "type": "commonjs" }\n');
  },
};

/** `tsup --env.ONLY programs` leaves out the library. Types are not built here: tsc writes them faster. */
export default defineConfig(({ env }) => (env?.["ONLY"] === "programs" ? [programs] : [library, programs]));
