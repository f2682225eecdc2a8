import { parseVerifierKey } from "@/lib/audit/proofs/contract";
import { readSigners } from "../key-file";
import { serveWitness } from "../serve";
import { StateFile } from "../state-file";

/** A witness to be killed: `KEYS STATE LOG`. Prints where it listens. */
const [keys = "", state = "", log = ""] = process.argv.slice(2);
const witness = {
  signers: readSigners(keys, "witness.example/killed"),
  state: new StateFile(state),
  logs: [parseVerifierKey(log)],
};
const { url } = await serveWitness(witness, { host: "127.0.0.1", port: 0 });
process.stdout.write(`${url}\n`);
