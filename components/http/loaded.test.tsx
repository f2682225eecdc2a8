import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import common from "../messages/en/common.json";
import errors from "../messages/en/errors.json";
import { Loaded, type LoadedProps } from "./loaded";

function shown(query: Partial<LoadedProps<string[]>["query"]>): string {
  const refetch: LoadedProps<string[]>["query"]["refetch"] = () => Promise.reject(new Error("never asked"));
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={{ common, errors }} timeZone="UTC">
      <Loaded query={{ data: undefined, error: null, refetch, ...query }}>{(data) => <p>{data.join()}</p>}</Loaded>
    </NextIntlClientProvider>,
  );
}

describe("what is loaded", () => {
  it("is announced while it is on its way", () => {
    expect(shown({})).toContain("Loading…");
  });

  it("is shown, also when a later look fails", () => {
    expect(shown({ data: ["a", "b"] })).toBe("<p>a,b</p>");
    expect(shown({ data: [], error: new Error("later") })).toBe("<p></p>");
  });

  it("is explained when it does not come, with a way to try again", () => {
    const html = shown({ error: new AppError("not_found", "There is no such change.") });
    expect(html).toContain("There is no such change.");
    expect(html).toContain("Try again");
  });
});
