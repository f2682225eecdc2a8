import "server-only";

export { readSigners } from "./key-file";
export { serveWitness, type Witness } from "./serve";
export { StateFile } from "./state-file";
export { type Watched, watchLog } from "./watch";
export { watchFiles } from "./watch-files";
