"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { defaultTemplatesDtoSchema } from "@/lib/targets/contract";
import { api } from "../http/api";
import { FormDialog } from "../http/form-dialog";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Notice } from "../ui/severity";
import { useToast } from "../ui/toast";
import { type Judged, judgeFiles } from "./judge-files";
import { OtherVersion } from "./other-version";
import { defaultTemplatesQuery } from "./queries";

const FILES = [
  { name: "default.tmpl", key: "defaultTmpl" },
  { name: "email.tmpl", key: "emailTmpl" },
] as const;

type Texts = Partial<Record<(typeof FILES)[number]["key"], string>>;

export function UploadDefaultTemplates({ version, onClose }: { version: string; onClose: () => void }) {
  const t = useTranslations("platform.defaults");
  const form = useId();
  const client = useQueryClient();
  const { toast } = useToast();
  const [texts, setTexts] = useState<Texts>({});
  const { defaultTmpl, emailTmpl } = texts;
  const complete = defaultTmpl !== undefined && emailTmpl !== undefined;
  const judged = useQuery({
    queryKey: ["platform", "judged-templates", version, defaultTmpl, emailTmpl],
    queryFn: () => judgeFiles(version, defaultTmpl ?? "", emailTmpl ?? ""),
    enabled: complete,
    gcTime: 0,
  });
  const upload = useMutation({
    mutationFn: () =>
      api(`/api/platform/default-templates/${version}`, {
        method: "PUT",
        body: texts,
        schema: defaultTemplatesDtoSchema,
      }),
    onSuccess: async () => {
      toast({ title: t("kept", { version }) });
      await client.invalidateQueries({ queryKey: defaultTemplatesQuery.queryKey });
      onClose();
    },
  });
  const { fit } = judged.data ?? {};
  const refused = fit !== undefined && (fit.problems.length > 0 || !fit.page);

  return (
    <FormDialog
      title={t("uploadFor", { version })}
      description={t("uploadText")}
      act={upload}
      submit={t("upload")}
      disabled={!complete || judged.isLoading || refused}
      onSubmit={() => upload.mutate()}
      onClose={onClose}
    >
      {FILES.map(({ name, key }) => (
        <FormField key={key} id={`${form}-${key}`} label={<span className="font-mono text-12">{name}</span>}>
          {(control) => (
            <Input
              {...control}
              type="file"
              accept=".tmpl"
              className="h-auto py-1.5 md:h-auto"
              onChange={async ({ target }) => {
                const text = await target.files?.[0]?.text();
                setTexts((before) => ({ ...before, [key]: text }));
              }}
            />
          )}
        </FormField>
      ))}
      <div role="status">{judged.data ? <Verdict version={version} judged={judged.data} /> : null}</div>
    </FormDialog>
  );
}

function Verdict({ version, judged: { fit, others } }: { version: string; judged: Judged }) {
  const t = useTranslations("platform.defaults");
  const [problem] = fit.problems;
  if (problem) {
    return (
      <Notice level="critical" title={t("unreadable", { file: problem.name, version })}>
        <span className="font-mono text-12">{problem.error}</span>
      </Notice>
    );
  }
  if (!fit.page) return <Notice level="critical" title={t("noPage")} />;
  if (fit.fits) return <Notice level="success" title={t("fits", { version })} />;
  return (
    <Notice
      level="warning"
      title={others.length > 0 ? t("fitsOthers", { versions: others.join(", ") }) : t("fitsNone")}
    >
      <OtherVersion missing={[...fit.missing]} differing={[...fit.differing]} unexpected={[...fit.unexpected]} />
    </Notice>
  );
}
