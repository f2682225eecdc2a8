"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { api } from "../http/api";
import { ErrorNotice } from "../http/error-notice";
import { Button } from "../ui/button";
import { buttonVariants } from "../ui/button-variants";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { useToast } from "../ui/toast";

const MIN_LENGTH = 12;

export function PasswordForm({ next, hasPassword }: { next: string; hasPassword: boolean }) {
  const t = useTranslations("auth.password");
  const router = useRouter();
  const { toast } = useToast();
  const [problem, setProblem] = useState<"tooShort" | "differ" | null>(null);
  const save = useMutation({
    mutationFn: (body: { password: string; current?: string }) => api("/api/me/password", { method: "PUT", body }),
    onSuccess: () => {
      toast({ title: t("done") });
      router.replace(next);
      router.refresh();
    },
  });

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = String(form.get("new"));
    const current = String(form.get("current") ?? "");
    if (password.length < MIN_LENGTH) return setProblem("tooShort");
    if (password !== String(form.get("repeat"))) return setProblem("differ");
    setProblem(null);
    save.mutate({ password, ...(current ? { current } : {}) });
  };

  return (
    <form onSubmit={onSubmit} className="grid gap-3">
      {save.isError ? <ErrorNotice error={save.error} /> : null}
      {hasPassword ? (
        <FormField id="current" label={t("current")} hint={t("currentHint")}>
          {(control) => <Input {...control} name="current" type="password" autoComplete="current-password" required />}
        </FormField>
      ) : null}
      <FormField
        id="new"
        label={t("new")}
        hint={t("hint", { count: MIN_LENGTH })}
        error={problem === "tooShort" ? t("tooShort", { count: MIN_LENGTH }) : undefined}
      >
        {(control) => <Input {...control} name="new" type="password" autoComplete="new-password" required />}
      </FormField>
      <FormField id="repeat" label={t("repeat")} error={problem === "differ" ? t("differ") : undefined}>
        {(control) => <Input {...control} name="repeat" type="password" autoComplete="new-password" required />}
      </FormField>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" className="flex-1" pending={save.isPending}>
          {t("submit")}
        </Button>
        <Link href={next} className={buttonVariants({ variant: "quiet" })}>
          {t("later")}
        </Link>
      </div>
    </form>
  );
}
