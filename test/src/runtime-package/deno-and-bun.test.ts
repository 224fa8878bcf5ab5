import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { x } from "tinyexec";
import { repositoryFolder } from "../repository.js";
import { ensureExecutable } from "./ensure-executable.js";

const require = createRequire(import.meta.url);
const { platform, arch } = process;

interface Runtime {
  name: string;
  install: () => Promise<string>;
  /** What comes before the script. */
  args: string[];
  /** Which tests not to run. */
  except: string[];
}

const runtimes: Runtime[] = [
  {
    name: "Deno",
    install: () => {
      const libc = platform === "linux" ? "-glibc" : "";
      return ensureExecutable(
        `@deno/${platform}-${arch}${libc}`,
        "2.9.6",
        "deno",
      );
    },
    args: ["run", "--allow-all", "--no-remote"],
    // A pool of tinypool never answers there, and a worker still runs for a
    // moment after its exit has been told.
    except: ["--grep=with tinypool|workers killed at random", "--invert"],
  },
  {
    name: "Bun",
    install: () => {
      const system = platform === "win32" ? "windows" : platform;
      const processor = arch === "arm64" ? "aarch64" : arch;
      return ensureExecutable(
        `@oven/bun-${system}-${processor}`,
        "1.4.5",
        "bin/bun",
      );
    },
    args: ["--expose-gc"],
    except: [],
  },
];

describe("The tests of semaphore-guard", () => {
  for (const { name, install, args, except } of runtimes) {
    it(`pass on ${name}`, async function () {
      this.timeout("5m");
      const executable = await install();
      const { stdout, stderr, exitCode } = await x(
        executable,
        [
          ...args,
          require.resolve("mocha/bin/mocha.js"),
          // Deno's mock timers would fire the timer of mocha's own timeout.
          "--timeout=0",
          "--reporter=dot",
          ...except,
          "runtime/dist/test/**/*.test.js",
        ],
        {
          // Before the test's own: one that hangs would outlive it.
          timeout: 4 * 60_000,
          nodeOptions: {
            cwd: repositoryFolder,
            env: { ...process.env, DENO_NO_UPDATE_CHECK: "1" },
          },
        },
      );
      assert.equal(exitCode, 0, `${stdout}\n${stderr}`);
      assert.match(stdout, /\d+ passing/);
    });
  }
});
