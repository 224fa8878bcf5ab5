/// <reference lib="dom" />

import {
  SharedSemaphore,
  type SharedSemaphoreHandle,
} from "semaphore-guard/threads";

// Holds a permit from the first message, its handle, to the second.
onmessage = async ({ data }: MessageEvent<SharedSemaphoreHandle>) => {
  const permit = await SharedSemaphore.from(data).acquire();
  onmessage = () => void permit.release();
  postMessage("held");
};
