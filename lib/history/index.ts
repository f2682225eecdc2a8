import "server-only";

export { seedDemoHistory } from "./demo";
export { findAlerts } from "./find-alerts";
export { historyState } from "./history-state";
export { countLabels, pastFirings } from "./past-firings";
export { receiveAlerts } from "./receive";
export { changeHistorySettings, retentionDays } from "./settings";
export { startHistoryWorker } from "./start-history-worker";
export { createTap, revokeTap, tapOf } from "./taps";
