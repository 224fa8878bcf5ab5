import {
  answerTo,
  type AnswerMessage,
  type TaskMessage,
} from "../shared/task-messages.js";
import { setTranslations } from "../shared/translate.js";
import { check } from "./check.js";
import { fixAll } from "./fix-all.js";

/** Does one task. It is the whole of what a worker with the engine offers. */
export function answer(message: TaskMessage): Promise<AnswerMessage> {
  return answerTo(message, { check, fixAll });
}

/** Sets the language of titles and messages. */
export function configure(
  translations: Parameters<typeof setTranslations>[0],
): void {
  setTranslations(translations);
}
