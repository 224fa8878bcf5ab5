import assert from "node:assert/strict";
import type { Linter } from "eslint";
import * as svelteParser from "svelte-eslint-parser";
import vueParser from "vue-eslint-parser";
import { lintProject } from "./lint-project.js";

const configs: Linter.Config[] = [
  {
    files: ["**/*.vue"],
    languageOptions: { parser: vueParser },
  },
  {
    files: ["**/*.svelte"],
    languageOptions: { parser: svelteParser },
  },
];

const unbounded = "await Promise.all(urls.map((url) => fetch(url)));";
const bounded = "await forEachLimit(urls, 10, (url) => fetch(url));";

const cases = [
  {
    title: "goes on a line of its own before the first statement, in Vue",
    file: "Prices.vue",
    component: `<template>
  <p>Prices</p>
</template>

<script setup>
  // Asked for at once.
  async function load(urls) {
    ${unbounded}
  }
</script>
`,
    expected: `<template>
  <p>Prices</p>
</template>

<script setup>
  // Asked for at once.
  import { forEachLimit } from "semaphore-guard";
  async function load(urls) {
    ${bounded}
  }
</script>
`,
  },
  {
    title: "goes behind the imports that are there, in Vue",
    file: "Prices.vue",
    component: `<script>
import { shop } from "./shop.js";
export const load = async (urls) => {
  ${unbounded}
};
</script>
`,
    expected: `<script>
import { shop } from "./shop.js";
import { forEachLimit } from "semaphore-guard";
export const load = async (urls) => {
  ${bounded}
};
</script>
`,
  },
  {
    title: "goes on a line of its own before the first statement, in Svelte",
    file: "Prices.svelte",
    component: `<p>Prices</p>
<script>
  async function load(urls) {
    ${unbounded}
  }
</script>
`,
    expected: `<p>Prices</p>
<script>
  import { forEachLimit } from "semaphore-guard";
  async function load(urls) {
    ${bounded}
  }
</script>
`,
  },
  {
    title: "goes behind the imports that are there, in Svelte",
    file: "Prices.svelte",
    component: `<script module>
  import { shop } from "./shop.js";
</script>
<script>
  async function load(urls) {
    ${unbounded}
  }
</script>
`,
    expected: `<script module>
  import { shop } from "./shop.js";
  import { forEachLimit } from "semaphore-guard";
</script>
<script>
  async function load(urls) {
    ${bounded}
  }
</script>
`,
  },
  {
    title: "is merged into the one that is there, in Svelte",
    file: "Prices.svelte",
    component: `<script>
  import { Semaphore } from "semaphore-guard";
  async function load(urls) {
    ${unbounded}
  }
</script>
`,
    expected: `<script>
  import { Semaphore, forEachLimit } from "semaphore-guard";
  async function load(urls) {
    ${bounded}
  }
</script>
`,
  },
];

describe("the import that a suggestion adds to a component", () => {
  for (const { title, file, component, expected } of cases) {
    it(title, async () => {
      const linted = await lintProject({ [file]: component }, configs);
      assert.deepEqual(linted[file]?.rewrites, [expected]);
    });
  }

  it("has no place without a script block", async () => {
    const linted = await lintProject(
      {
        "Prices.svelte": `<button onclick={async ({ detail: urls }) => { ${unbounded} }}>Load</button>\n`,
      },
      configs,
    );
    assert.deepEqual(linted["Prices.svelte"]?.rewrites, []);
  });
});
