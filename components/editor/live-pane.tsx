"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { worstLevel } from "../fields/severity-level";
import { SeverityIcon } from "../ui/severity";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "../ui/tabs";
import { useFindingsBelow } from "./change-context";
import { LiveTabProvider } from "./live-tab";
import { ProblemsPane } from "./problems-pane";
import { useRecentAlerts } from "./recent-alerts";
import { useTargetTemplates } from "./target-templates";
import { useWatchedExpectations } from "./watched-expectations";
import { YamlPane } from "./yaml-pane";

export type LiveTab = { value: string; label: string; content: ReactNode };

/** What the document means right now; it never needs a refresh button. Features add tabs before YAML and Problems. */
export function LivePane({ tabs = [] }: { tabs?: readonly LiveTab[] }) {
  const t = useTranslations("editor.live");
  const diagnostics = useFindingsBelow([]);
  useTargetTemplates();
  useRecentAlerts();
  useWatchedExpectations();
  const [tab, setTab] = useState(tabs[0]?.value ?? "yaml");
  return (
    <Tabs value={tab} onValueChange={setTab} className="flex min-h-0 flex-1 flex-col">
      <TabsList aria-label={t("label")} className="shrink-0">
        {tabs.map(({ value, label }) => (
          <TabsTrigger key={value} value={value}>
            {label}
          </TabsTrigger>
        ))}
        <TabsTrigger value="yaml">{t("yaml")}</TabsTrigger>
        <TabsTrigger value="problems">
          {diagnostics.length > 0 ? <SeverityIcon level={worstLevel(diagnostics)} /> : null}
          {t("problems", { count: diagnostics.length })}
        </TabsTrigger>
      </TabsList>
      {tabs.map(({ value, content }) => (
        <TabsContent key={value} value={value} className="min-h-0 flex-1 overflow-y-auto">
          <LiveTabProvider value={setTab}>{content}</LiveTabProvider>
        </TabsContent>
      ))}
      <TabsContent value="yaml" className="min-h-0 flex-1">
        <YamlPane />
      </TabsContent>
      <TabsContent value="problems" className="min-h-0 flex-1 overflow-y-auto">
        <ProblemsPane />
      </TabsContent>
    </Tabs>
  );
}
