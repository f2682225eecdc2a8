import "server-only";

export { readSigners } from "./key-file";
export { serveWitness, type Witness } from "./serve";
export { StateFile } from "./state-file";
export { watchLog } from "./watch";
