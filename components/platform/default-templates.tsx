"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Trash2, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { DefaultTemplatesDto } from "@/lib/targets/contract";
import { api } from "../http/api";
import { ErrorNotice } from "../http/error-notice";
import { Loaded } from "../http/loaded";
import { Button } from "../ui/button";
import { Card, CardHeader, CardTitle } from "../ui/card";
import { Severity } from "../ui/severity";
import { ActionsTh, Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { useToast } from "../ui/toast";
import { OtherVersion } from "./other-version";
import { defaultTemplatesQuery } from "./queries";
import { UploadDefaultTemplates } from "./upload-default-templates";

/** Where the page of mails comes from, for each version that a target may have. */
export function DefaultTemplates() {
  const t = useTranslations("platform.defaults");
  const client = useQueryClient();
  const { toast } = useToast();
  const [uploading, setUploading] = useState<string | null>(null);
  const query = useQuery(defaultTemplatesQuery);
  const remove = useMutation({
    mutationFn: (version: string) => api(`/api/platform/default-templates/${version}`, { method: "DELETE" }),
    onSuccess: async (_answer, version) => {
      toast({ title: t("removed", { version }) });
      await client.invalidateQueries({ queryKey: defaultTemplatesQuery.queryKey });
    },
  });
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <Loaded query={query} className="m-4">
        {({ folder, versions }) => (
          <>
            <p className="px-4 pt-3 text-13 text-muted">{t("lead", { folder })}</p>
            {remove.isError ? <ErrorNotice error={remove.error} className="mx-4 mt-3" /> : null}
            <Table label={t("title")}>
              <thead>
                <tr>
                  <Th>{t("version")}</Th>
                  <Th>{t("source")}</Th>
                  <Th>{t("check")}</Th>
                  <ActionsTh />
                </tr>
              </thead>
              <tbody>
                {versions.map((row) => (
                  <Tr key={row.version}>
                    <Td className="font-mono text-12 font-medium">{row.version}</Td>
                    <Td>
                      <Source row={row} />
                    </Td>
                    <Td>
                      <Check row={row} />
                    </Td>
                    <Td className="text-right whitespace-nowrap">
                      <Button
                        variant="quiet"
                        size="icon-sm"
                        aria-label={t("uploadFor", { version: row.version })}
                        onClick={() => setUploading(row.version)}
                      >
                        <Upload aria-hidden />
                      </Button>
                      {row.source === "uploaded" ? (
                        <Button
                          variant="quiet"
                          size="icon-sm"
                          aria-label={t("removeFor", { version: row.version })}
                          disabled={remove.isPending}
                          onClick={() => remove.mutate(row.version)}
                        >
                          <Trash2 aria-hidden />
                        </Button>
                      ) : null}
                    </Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          </>
        )}
      </Loaded>
      {uploading ? <UploadDefaultTemplates version={uploading} onClose={() => setUploading(null)} /> : null}
    </Card>
  );
}

function Source({ row }: { row: DefaultTemplatesDto }) {
  const t = useTranslations("platform.defaults");
  if (row.source === "folder") return <span className="font-mono text-12 [overflow-wrap:anywhere]">{row.folder}</span>;
  if (row.source === "built_in") return <span className="text-muted">{t("builtIn")}</span>;
  return (
    <span>
      {t("uploaded")} {row.uploadedAt ? <RelativeTime value={row.uploadedAt} /> : null}
    </span>
  );
}

function Check({ row }: { row: DefaultTemplatesDto }) {
  const t = useTranslations("platform.defaults");
  if (row.source === "built_in") return <Severity level="info">{t("approximation")}</Severity>;
  if (row.fits) return <Severity level="success">{t("exact")}</Severity>;
  return (
    <div className="grid gap-1">
      <Severity level="warning">{t("otherVersion")}</Severity>
      <OtherVersion {...row.otherVersion} />
    </div>
  );
}
