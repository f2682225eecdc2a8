import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { DEFAULT_PROFILE_ID, profileFor, type Route } from "@/lib/alertmanager";
import { DiagnosticsIndex } from "../fields/diagnostics-index";
import { type FieldsEnvironment, FieldsProvider } from "../fields/environment";
import fields from "../messages/en/fields.json";
import routes from "../messages/en/routes.json";
import { rowsOf } from "./route-edits";
import { RouteForm } from "./route-form";

const root: Route = {
  id: "root",
  receiver: "default",
  routes: [
    { id: "a", receiver: "db" },
    { id: "b", routes: [{ id: "b1", group_wait: "20s", receiver: "db", routes: [{ id: "b11" }] }] },
  ],
};
const environment: FieldsEnvironment = {
  profile: profileFor(DEFAULT_PROFILE_ID),
  judges: [],
  readOnly: false,
  diagnostics: new DiagnosticsIndex(),
  secretFacts: () => undefined,
  global: {},
  receiverNames: ["default", "db"],
  timeIntervalNames: [],
  set: () => {},
  applyFix: () => {},
  seal: async () => "",
};

function htmlOf(id: string, granted: string[] | null = null): string {
  const row = rowsOf(root, granted && new Set(granted)).find(({ route }) => route.id === id);
  if (!row) throw new Error(id);
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ fields, routes }}>
      <FieldsProvider value={environment}>
        <RouteForm row={row} />
      </FieldsProvider>
    </NextIntlClientProvider>,
  );
}

function textOf(id: string): string {
  return htmlOf(id).replaceAll(/<[^>]+>/g, "");
}

describe("a route's form", () => {
  it("says from which route an inherited value comes, also for the receiver", () => {
    expect(textOf("b11")).toContain("from route 2.1: 20s");
    expect(textOf("b11")).toContain("from route 2.1: db");
    expect(textOf("b")).toContain("from the root route: default");
  });

  it("calls a default what no route says", () => {
    expect(textOf("b")).toContain("default: 30s");
    expect(textOf("root")).toContain("default: 30s");
    expect(textOf("root")).not.toContain("from route");
  });

  it("is to be read where limits end, and says so; the top of a subtree keeps its gate", () => {
    const editable = (html: string) =>
      [...html.matchAll(/<(?:input|select|textarea)[^>]*>/g)]
        .filter(([tag]) => !/ (?:readonly|disabled)=/i.test(tag))
        .map(([tag]) => / id="f-route-routes-1-([^"]+)"/.exec(tag)?.[1]);
    expect(htmlOf("b", ["a"])).toContain(routes.lockedRoute);
    expect(editable(htmlOf("b", ["a"]))).toEqual([]);
    const top = htmlOf("b", ["b"]);
    expect(top).toContain(routes.lockedTop);
    expect(editable(top)).toEqual(expect.arrayContaining(["receiver"]));
    expect(editable(top).filter((id) => /match|continue/.test(id ?? ""))).toEqual([]);
    const free = htmlOf("b", null);
    expect(free).not.toContain(routes.lockedTop);
    expect(editable(free).length).toBeGreaterThan(editable(top).length);
  });
});
