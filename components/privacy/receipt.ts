import type { Receipt } from "@/lib/privacy/contract";
import { saveFile } from "./save-file";

export function saveReceipt(receipt: Receipt): void {
  saveFile(`${JSON.stringify(receipt, null, 2)}\n`, `erasure-${receipt.id.slice(0, 8)}.json`);
}
