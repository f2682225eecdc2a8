/** Saves a file that is in memory, as a link to it would. */
export function saveFile(content: string | Uint8Array<ArrayBuffer>, name: string, type = "application/json"): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
