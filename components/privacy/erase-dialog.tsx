"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { FormDialog, type FormDialogProps } from "../http/form-dialog";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";

/** Nothing brings somebody back who was erased, so their address is typed. */
export function EraseDialog({
  email,
  title,
  text,
  act,
  onErase,
  onClose,
}: {
  email: string;
  title: string;
  text: ReactNode;
  act: FormDialogProps["act"];
  onErase: () => void;
  onClose: () => void;
}) {
  const t = useTranslations("privacy");
  const form = useId();
  const [typed, setTyped] = useState("");
  const same = typed.trim().toLowerCase() === email;
  return (
    <FormDialog
      title={title}
      description={text}
      act={act}
      submit={t("erase")}
      danger
      disabled={!same}
      onSubmit={onErase}
      onClose={onClose}
    >
      <FormField id={`${form}-email`} label={t("typeAddress", { email })}>
        {(control) => (
          <Input {...control} value={typed} autoComplete="off" onChange={({ target }) => setTyped(target.value)} />
        )}
      </FormField>
    </FormDialog>
  );
}
