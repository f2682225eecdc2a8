export { checkDefinitions } from "./check-definitions";
export { type CheckOptions, checkNotifications, checkNotificationsStep } from "./check-notifications";
export { asCurl } from "./curl";
export { maskSecrets, SECRET_MARK } from "./mask";
export { type PreviewOptions, previewReceiver } from "./preview-receiver";
export type {
  CasePreview,
  IntegrationPreview,
  PreviewCase,
  PreviewOutcome,
  PreviewWarning,
  ReceiverPreview,
} from "./receiver-preview";
export { PREVIEW_CASES, SAMPLE_NOW, sampleCases } from "./sample-cases";
export { groupingOf } from "./surroundings";
