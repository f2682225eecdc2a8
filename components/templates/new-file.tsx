"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { templateFileSchema } from "@/lib/configuration/contract";
import { Button } from "../ui/button";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";

export function NewFile({ taken, add }: { taken: readonly string[]; add: (name: string) => void }) {
  const t = useTranslations("templates");
  const [text, setText] = useState("");
  const name = text.trim() === "" || /\.\w+$/.test(text.trim()) ? text.trim() : `${text.trim()}.tmpl`;
  const valid = templateFileSchema.shape.name.safeParse(name).success;
  const error = name === "" ? undefined : taken.includes(name) ? t("taken") : valid ? undefined : t("badName");
  return (
    <form
      className="flex max-w-[420px] items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name === "" || error) return;
        add(name);
        setText("");
      }}
    >
      <FormField id="template-name" label={t("newFile")} error={error} className="flex-1">
        {(control) => (
          <Input
            mono
            autoComplete="off"
            placeholder="slack.tmpl"
            value={text}
            onChange={(event) => setText(event.target.value)}
            {...control}
          />
        )}
      </FormField>
      <Button type="submit" className="mt-6.5" disabled={name === "" || error !== undefined}>
        <Plus aria-hidden />
        {t("add")}
      </Button>
    </form>
  );
}
