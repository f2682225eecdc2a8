export { checkDuration, checkGoDuration, type DurationResult, printDuration } from "./duration";
export { goQuote, goUnquote } from "./quote";
export { checkUrl, type UrlResult } from "./url";
