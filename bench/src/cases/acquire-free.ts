import { Semaphore as Shopify } from "@shopify/semaphore";
import { Semaphore as AsyncMutex } from "async-mutex";
import { Sema } from "async-sema";
import { Semaphore as EsToolkit } from "es-toolkit";
import { Semaphore } from "semaphore-guard";
import { timed, type Case } from "../case.js";

const ours = new Semaphore(3);
const shopify = new Shopify(3);
const asyncMutex = new AsyncMutex(3);
const asyncSema = new Sema(3);
const esToolkit = new EsToolkit(3);

export const acquireFree: Case = {
  id: "a",
  title: "Acquire and release, a permit being free",
  operation: "acquire + release",
  count: 1_000_000,
  goal: { ratio: 1.6 },
  floor: {
    name: "await Promise.resolve()",
    subject: timed(async (count) => {
      for (let i = 0; i < count; i++) await Promise.resolve();
    }),
  },
  subjects: {
    "semaphore-guard": timed(async (count) => {
      for (let i = 0; i < count; i++) {
        const permit = await ours.acquire();
        permit.release();
      }
    }),
    "@shopify/semaphore": timed(async (count) => {
      for (let i = 0; i < count; i++) {
        const permit = await shopify.acquire();
        await permit.release();
      }
    }),
    "async-mutex": timed(async (count) => {
      for (let i = 0; i < count; i++) {
        const [, release] = await asyncMutex.acquire();
        release();
      }
    }),
    "async-sema": timed(async (count) => {
      for (let i = 0; i < count; i++) {
        await asyncSema.acquire();
        asyncSema.release();
      }
    }),
    "es-toolkit": timed(async (count) => {
      for (let i = 0; i < count; i++) {
        await esToolkit.acquire();
        esToolkit.release();
      }
    }),
  },
};
