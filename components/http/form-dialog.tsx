"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Button } from "../ui/button";
import { Dialog, DialogContent, type DialogContentProps } from "../ui/dialog";
import { ErrorNotice } from "./error-notice";

export type FormDialogProps = Pick<DialogContentProps, "title" | "description" | "className"> & {
  /** What the submit sets off: the button turns while it lasts, its failure stands above the fields. */
  act?: { isPending: boolean; error: unknown };
  /** What the button says. */
  submit: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  noValidate?: boolean;
  onSubmit: (fields: FormData) => void;
  onClose: () => void;
  /** What came of it: stands in place of the form, and a click beside the dialog does not lose it. */
  made?: ReactNode;
  children?: ReactNode;
};

const IDLE = { isPending: false, error: null };

/** Asks for something and does it: open from its first render, and whoever shows it takes it away in `onClose`. */
export function FormDialog({
  title,
  description,
  className,
  act = IDLE,
  submit,
  danger,
  disabled,
  onClose,
  made,
  ...form
}: FormDialogProps) {
  const t = useTranslations("common");
  const id = useId();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={title}
        description={made ? undefined : description}
        className={className}
        onInteractOutside={(event) => made && event.preventDefault()}
        footer={
          made ? (
            <Button variant="primary" onClick={onClose}>
              {t("close")}
            </Button>
          ) : (
            <>
              <Button onClick={onClose}>{t("cancel")}</Button>
              <Button
                type="submit"
                form={id}
                variant={danger ? "danger" : "primary"}
                disabled={disabled}
                pending={act.isPending}
              >
                {submit}
              </Button>
            </>
          )
        }
      >
        {made || <ActForm id={id} error={act.error} {...form} />}
      </DialogContent>
    </Dialog>
  );
}

type ActFormProps = Pick<FormDialogProps, "noValidate" | "onSubmit" | "children"> & { id: string; error: unknown };

export function ActForm({ id, error, noValidate, onSubmit, children }: ActFormProps) {
  return (
    <form
      id={id}
      noValidate={noValidate}
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(new FormData(event.currentTarget));
      }}
    >
      {error ? <ErrorNotice error={error} /> : null}
      {children}
    </form>
  );
}
