import assert from "node:assert/strict";
import * as typescriptParser from "@typescript-eslint/parser";
import type { Linter } from "eslint";
import * as svelteParser from "svelte-eslint-parser";
import vueParser from "vue-eslint-parser";
import { eslints, lintProject, markedIn } from "./lint-project.js";

const configs: Linter.Config[] = [
  {
    files: ["**/*.vue"],
    languageOptions: {
      parser: vueParser,
      parserOptions: { parser: { js: "espree", ts: typescriptParser } },
    },
  },
  {
    files: ["**/*.svelte"],
    languageOptions: {
      parser: svelteParser,
      parserOptions: { parser: { js: "espree", ts: typescriptParser } },
    },
  },
];

const components = {
  "Options.vue": `<template>
  <button @click="load(urls)">{{ prices.length }} &lt;</button>
</template>

<script>
import { Semaphore, mapLimit } from "semaphore-guard";

const semaphore = new Semaphore(2);

export default {
  data: () => ({ prices: [] }),
  methods: {
    async load(urls) {
      const permit = await semaphore.acquire(); // leak
      this.prices = await mapLimit(urls, 4, fetch);
      permit.release();
    },
    async loadAll(urls) {
      await Promise.all(urls.map((url) => fetch(url))); // unbounded
    },
  },
};
</script>

<style scoped>
button { color: red }
</style>
`,

  "Setup.vue": `<script setup>
import { mapLimit, Semaphore } from "semaphore-guard";
const semaphore = new Semaphore(2);
const { urls } = defineProps(["urls"]);
async function load() {
  const permit = await semaphore.acquire(); // leak
  await mapLimit(urls, 4, fetch);
  permit.release();
}
</script>

<template>
  <button v-if="urls" @click="load">Load</button>
</template>
`,

  "SetupWithTypes.vue": `<script lang="ts">
import { Mutex } from "async-mutex";
export interface Price { readonly cents: number }
const mutex = new Mutex();
</script>

<script setup lang="ts" generic="T extends Price">
const props = defineProps<{ urls: readonly string[]; price?: T }>();
async function load(): Promise<void> {
  const release = await mutex.acquire(); // leak
  await fetch(props.urls[0]!);
  release();
}
</script>

<template>
  <Price v-for="url of urls" :key="url" @load="load" />
</template>
`,

  "Plain.svelte": `<script module>
  import { Mutex } from "async-mutex";
  const mutex = new Mutex();
</script>

<script>
  let { url } = $props();
  let price = $state(0);

  async function load() {
    const release = await mutex.acquire(); // leak
    price = await (await fetch(url)).json();
    release();
  }
</script>

<button onclick={load}>{price}</button>

<style>
  button { color: red }
</style>
`,

  "WithTypes.svelte": `<h1>Prices</h1>
<script lang="ts">
  import { Semaphore } from "semaphore-guard";
  let { url }: { url: string } = $props();
  const semaphore = new Semaphore(2);

  async function load(): Promise<Response> {
    const permit = await semaphore.acquire(); // leak
    const response = await fetch(url);
    permit.release();
    return response;
  }
</script>

{#await load() then response}
  <p>{response.status}</p>
{/await}
`,

  "OnlyMarkup.vue": "<template>\n  <p>{{ 1 }}</p>\n</template>\n",
  "OnlyMarkup.svelte": "<p>{1}</p>\n",
  "Empty.vue": "",
  "Empty.svelte": "",
};

/** A component without what its script blocks contain. */
function around(component: string): string {
  return component.replace(/(<script[^>]*>).*?(<\/script>)/gs, "$1$2");
}

for (const [version, ESLint] of Object.entries(eslints)) {
  describe(`${version} on components of Vue and Svelte`, () => {
    let linted: Awaited<ReturnType<typeof lintProject>>;

    before(async () => {
      linted = await lintProject(components, configs, ESLint);
    });

    for (const [name, source] of Object.entries(components)) {
      it(`finds what is in ${name}, on its line of the file`, () => {
        assert.deepEqual(linted[name]?.findings, markedIn(source));
      });

      if (markedIn(source).length === 0) continue;

      it(`offers for ${name} what parses and stays in the script block`, () => {
        assert(linted[name]);
        const { findings, rewrites } = linted[name];
        assert(rewrites.length >= findings.length);
        for (const rewrite of rewrites) {
          assert.notEqual(rewrite, source);
          assert.equal(around(rewrite), around(source));
        }
      });
    }
  });
}
