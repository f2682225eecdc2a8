import { createTranslator, NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { VERSION_GAPS, type VersionGap } from "@/lib/targets/contract";
import { loadMessages } from "../messages";
import en from "../messages/en/targets.json";
import { LOCALES } from "../messages/namespaces";
import { VersionGapLines, VersionGapNotices } from "./version-gaps";

const gap: VersionGap = { reason: "declared", runs: "0.28.1", checkedAs: "0.28", other: "0.34" };

function textOf(Shown: typeof VersionGapLines, versionGaps: VersionGap[] | undefined): string {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ targets: en }}>
      <Shown target={{ versionGaps }} />
    </NextIntlClientProvider>,
  );
  return html.replaceAll(/<[^>]+>/g, " ");
}

describe("a target that runs something else", () => {
  it("says so in one line in the list, and what to do on its page", () => {
    expect(textOf(VersionGapLines, [gap])).toContain("runs 0.28.1, declared as 0.34");
    expect(textOf(VersionGapLines, [{ ...gap, reason: "newer", runs: "0.41.0", checkedAs: "0.34" }])).toContain(
      "runs 0.41.0, checked as 0.34",
    );
    expect(textOf(VersionGapNotices, [gap])).toMatch(/declared as 0\.34.*checked as 0\.28.*Upgrade the target/);
    expect(textOf(VersionGapNotices, undefined)).toBe("");
  });

  it.each(LOCALES)("has words for every reason in %s", async (locale) => {
    const messages = await loadMessages(locale);
    const { targets }: { targets: typeof en } = Object(messages);
    const t = createTranslator({ locale, messages: { targets } });
    for (const reason of VERSION_GAPS) {
      expect(t(`targets.versionGap.short.${reason}`, gap)).toMatch(/0\.(28|34)/);
      expect(t(`targets.versionGap.text.${reason}`, gap)).toContain("0.28");
    }
  });
});
