import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import GlobalError from "./global-error";

describe("the page for a layout that failed", () => {
  it("is a whole document that needs no provider and names the request", () => {
    const error = Object.assign(new Error("secret words"), { digest: "4711" });
    const html = renderToStaticMarkup(<GlobalError error={error} retry={() => {}} />);
    expect(html).toMatch(/^<html lang="en"/);
    expect(html).toContain("This page failed");
    expect(html).toContain("<code>4711</code>");
    expect(html).toContain("Try again");
    expect(html).not.toContain("secret words");
  });
});
