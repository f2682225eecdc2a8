import { describe, expect, it, vi } from "vitest";
import { late, wantEarly } from "./late";

describe("a piece that comes late", () => {
  it("is loaded once, and tells who waits", async () => {
    const load = vi.fn(async () => "menu");
    const piece = late(load);
    const changed = vi.fn();
    piece.subscribe(changed);
    expect(piece.part()).toBeNull();
    expect(load).not.toHaveBeenCalled();
    piece.want();
    piece.want();
    await vi.waitFor(() => expect(piece.part()).toBe("menu"));
    expect(load).toHaveBeenCalledTimes(1);
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it("is asked for again after it did not come", async () => {
    const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error("offline")).mockResolvedValue("menu");
    const piece = late(load);
    piece.want();
    await vi.waitFor(() => {
      piece.want();
      expect(piece.part()).toBe("menu");
    });
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("tells nobody who has left", async () => {
    const piece = late(async () => 1);
    const changed = vi.fn();
    piece.subscribe(changed)();
    piece.want();
    await vi.waitFor(() => expect(piece.part()).toBe(1));
    expect(changed).not.toHaveBeenCalled();
  });

  it("is wanted by pointing at its opener and by reaching it with the keyboard", () => {
    const want = vi.fn();
    const { onPointerEnter, onFocus } = wantEarly({ want });
    onPointerEnter();
    onFocus();
    expect(want).toHaveBeenCalledTimes(2);
  });
});
