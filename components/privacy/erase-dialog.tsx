"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { ErrorNotice } from "../http/error-notice";
import { Button } from "../ui/button";
import { Dialog, DialogContent } from "../ui/dialog";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";

/** Nothing brings somebody back who was erased, so their address is typed. */
export function EraseDialog({
  email,
  title,
  text,
  pending,
  error,
  onErase,
  onClose,
}: {
  email: string;
  title: string;
  text: ReactNode;
  pending: boolean;
  error: unknown;
  onErase: () => void;
  onClose: () => void;
}) {
  const t = useTranslations("privacy");
  const common = useTranslations("common");
  const form = useId();
  const [typed, setTyped] = useState("");
  const same = typed.trim().toLowerCase() === email;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={title}
        description={text}
        footer={
          <>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button type="submit" form={form} variant="danger" disabled={!same} pending={pending}>
              {t("erase")}
            </Button>
          </>
        }
      >
        <form
          id={form}
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (same) onErase();
          }}
        >
          {error ? <ErrorNotice error={error} /> : null}
          <FormField id={`${form}-email`} label={t("typeAddress", { email })}>
            {(control) => (
              <Input {...control} value={typed} autoComplete="off" onChange={({ target }) => setTyped(target.value)} />
            )}
          </FormField>
        </form>
      </DialogContent>
    </Dialog>
  );
}
