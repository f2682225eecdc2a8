import { vi } from "vitest";

interface Said {
  code: number;
  out: string;
  err: string;
}

/** Runs a command in this process: its exit code, and what it writes to each of the two streams. */
export async function captured(command: () => Promise<number>): Promise<Said> {
  const said = { out: "", err: "" };
  const listen = (stream: NodeJS.WriteStream, key: "out" | "err") =>
    vi.spyOn(stream, "write").mockImplementation((text) => {
      said[key] += String(text);
      return true;
    });
  const spies = [listen(process.stdout, "out"), listen(process.stderr, "err")];
  try {
    return { code: await command(), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
