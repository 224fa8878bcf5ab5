import { Workbench } from "./workbench.js";

/**
 * Opens a workbench before the tests of a suite and closes it after them. A test that fails leaves a
 * picture of it.
 *
 * @returns what gives the workbench, once it is open.
 */
export function suiteWorkbench(
  fixtures: string,
  fileName: string,
  pictureOfFailure: string,
): () => Workbench {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open(fixtures, fileName);
  });

  after(() => workbench[Symbol.asyncDispose]());

  afterEach(async function () {
    if (this.currentTest?.isFailed()) {
      await workbench.screenshot(pictureOfFailure);
    }
  });

  return () => workbench;
}
