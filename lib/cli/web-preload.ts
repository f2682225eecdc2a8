import { replaceServer } from "./listener";

// Preloaded into the web process: when its supervisor is killed, the channel between them closes, and it must not go on
// holding the port.
process.once("disconnect", () => process.exit(1));
process.channel?.unref();

replaceServer();
