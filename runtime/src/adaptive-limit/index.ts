export {
  AdaptiveLimit,
  type AdaptiveLimitOptions,
  type CallSample,
  type ResizableSemaphore,
} from "./adaptive-limit.js";
export {
  aimd,
  gradient,
  type AimdOptions,
  type GradientOptions,
  type LimitAlgorithm,
  type LoadWindow,
} from "./algorithms.js";
