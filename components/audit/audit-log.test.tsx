import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { AuditEntry } from "@/lib/tenancy/audit/contract";
import audit from "../messages/de/audit.json";
import changes from "../messages/de/changes.json";
import common from "../messages/de/common.json";
import { InstallationAudit } from "./audit-log";
import { EventDetails } from "./event-details";
import { INSTALLATION_LOG } from "./log-source";
import { auditQuery, eventChangesQuery } from "./queries";

const entry: AuditEntry = {
  ...{ position: 7, at: "2026-01-01T00:00:00.000Z", type: "SignInFailed", streamType: "platform", streamId: "s" },
  ...{ actor: "system", actorName: null, requestId: "r", leafHash: "ab", archived: false },
  data: { method: "password", person: null, times: 3 },
};
const client = new QueryClient();

const shown = (element: React.ReactNode, search = "") =>
  renderToStaticMarkup(
    <NuqsTestingAdapter searchParams={search}>
      <QueryClientProvider client={client}>
        <NextIntlClientProvider locale="de" messages={{ audit, changes, common }} timeZone="UTC" now={new Date(0)}>
          {element}
        </NextIntlClientProvider>
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );

it("is filtered by what the address says, and offers to take that away", () => {
  const page = {
    entries: [entry],
    next: 3,
    kinds: { actors: [{ id: "system", name: null }], nouns: ["platform"], types: ["SignInFailed"] },
  };
  const filter = { actor: "system", from: "2026-01-01" };
  client.setQueryData(auditQuery(INSTALLATION_LOG, filter).queryKey, { pages: [page], pageParams: [null] });
  const html = shown(<InstallationAudit />, "?actor=system&from=2026-01-01");
  expect(html).toContain("Anmeldung gescheitert");
  expect(html).toMatch(/<option value="system" selected="">Signalbox</);
  expect(html).toContain('href="/api/platform/audit/csv?actor=system&amp;from=2026-01-01"');
  expect(html).toContain('href="/api/platform/audit/export?actor=system&amp;from=2026-01-01"');
  expect(html).toContain("1 Eintrag, durchsucht bis Nummer 3");
  expect(html).toContain("Ältere laden");
});

it("tells what an entry holds in the reader's words, and that an archived one holds nothing", () => {
  const html = shown(<EventDetails source={INSTALLATION_LOG} entry={entry} />);
  for (const text of ["Weg", "password", "Male", ">3<", "Stelle im Protokoll", ">7<"]) expect(html).toContain(text);
  expect(shown(<EventDetails source={INSTALLATION_LOG} entry={{ ...entry, archived: true, data: {} }} />)).toContain(
    audit.archived,
  );
});

it("tells what an edit did before and after, and of a secret only that there is one", () => {
  const edit = { ...entry, streamType: "change", data: { subject: "pager", edits: [] } };
  client.setQueryData(eventChangesQuery(INSTALLATION_LOG, 7).queryKey, {
    changes: [
      {
        kind: "changed",
        noun: "integration",
        label: "pager › slack[0]",
        key: "channel",
        before: "#a",
        after: "#b",
        secret: false,
      },
      {
        kind: "changed",
        noun: "integration",
        label: "pager › slack[0]",
        key: "api_url",
        before: null,
        after: "x",
        secret: true,
      },
    ],
    more: 2,
  });
  const html = shown(<EventDetails source={INSTALLATION_LOG} entry={edit} />);
  expect(html).toMatch(/#a<\/td>.*#b<\/td>/);
  expect(html).toContain("ein Geheimnis");
  expect(html).not.toContain(">x<");
  expect(html).toContain("2 weitere Schritte");
});
