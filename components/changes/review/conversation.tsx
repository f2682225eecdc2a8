"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { ConfigChange } from "@/lib/alertmanager";
import type { CommentPlace, ReviewComment } from "@/lib/configuration/review/contract";
import { ErrorNotice } from "../../http";
import { Loaded } from "../../http/loaded";
import { useTenant } from "../../http/tenant-context";
import { Tag } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Card, CardAside, CardBody, CardHeader, CardTitle } from "../../ui/card";
import { FormField } from "../../ui/form-field";
import { Textarea } from "../../ui/textarea";
import { RelativeTime } from "../../ui/time";
import { type PickedLine, PlaceChoice, placeText } from "./place-choice";
import { reviewQuery, useReviewAct } from "./queries";

type ConversationProps = {
  changeId: string;
  steps: readonly ConfigChange[];
  /** The text that lines are numbered in. */
  yaml: string;
  line: PickedLine | null;
  pick: (line: PickedLine | null) => void;
};

/** What people say of the change, of lines of its text and of fields; threads that are resolved stay readable. */
export function Conversation({ changeId, steps, yaml, line, pick }: ConversationProps) {
  const t = useTranslations("review.talk");
  const tenant = useTenant();
  const query = useQuery(reviewQuery(tenant, changeId));
  return (
    <Card id="conversation">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardAside>{query.data ? t("open", { count: openThreads(query.data.comments) }) : null}</CardAside>
      </CardHeader>
      <CardBody className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Loaded query={query} rows={1}>
          {({ comments }) =>
            comments.length === 0 ? (
              <p className="text-muted">{t("none")}</p>
            ) : (
              <ol className="grid gap-4">
                {comments
                  .filter(({ replyTo }) => replyTo === null)
                  .map((first) => (
                    <Thread
                      key={first.id}
                      changeId={changeId}
                      first={first}
                      answers={comments.filter(({ replyTo }) => replyTo === first.id)}
                    />
                  ))}
              </ol>
            )
          }
        </Loaded>
        <Composer changeId={changeId} steps={steps} yaml={yaml} line={line} pick={pick} />
      </CardBody>
    </Card>
  );
}

function openThreads(comments: readonly ReviewComment[]): number {
  return comments.filter(({ replyTo, resolved }) => replyTo === null && resolved === null).length;
}

function Thread({
  changeId,
  first,
  answers,
}: {
  changeId: string;
  first: ReviewComment;
  answers: readonly ReviewComment[];
}) {
  const t = useTranslations("review.talk");
  const tenant = useTenant();
  const resolve = useReviewAct(changeId);
  const resolved = first.resolved !== null;
  return (
    <li className="grid gap-2 border-l-2 pl-3">
      <p className="flex flex-wrap items-center gap-2 text-12 text-muted">
        <span>{placeText(first.place, t)}</span>
        {first.place.kind === "line" ? (
          <code className="rounded-sm bg-sunken px-1 [overflow-wrap:anywhere]">{first.place.text.trim()}</code>
        ) : null}
        {first.earlier ? <Tag>{t("earlier")}</Tag> : null}
        {resolved ? <Tag>{t("resolved", { name: first.resolved?.by.name ?? "" })}</Tag> : null}
      </p>
      {[first, ...(resolved ? [] : answers)].map((comment) => (
        <div key={comment.id}>
          <p className="text-12 text-muted">
            <span className="font-medium text-text">{comment.author.name}</span> <RelativeTime value={comment.at} />
          </p>
          <p className="[overflow-wrap:anywhere] whitespace-pre-wrap">{comment.text}</p>
        </div>
      ))}
      {resolved ? null : <Answer changeId={changeId} replyTo={first.id} />}
      {tenant.can("configuration:edit") ? (
        <div>
          <Button
            size="sm"
            pending={resolve.isPending}
            onClick={() =>
              resolve.mutate({ path: `comments/${first.id}`, method: "PUT", body: { resolved: !resolved } })
            }
          >
            {t(resolved ? "reopen" : "resolve")}
          </Button>
        </div>
      ) : null}
      {resolve.error ? <ErrorNotice error={resolve.error} /> : null}
    </li>
  );
}

function Answer({ changeId, replyTo }: { changeId: string; replyTo: string }) {
  const t = useTranslations("review.talk");
  const id = useId();
  const [text, setText] = useState<string | null>(null);
  const send = useReviewAct(changeId, () => setText(null));
  if (text === null) {
    return (
      <div>
        <Button size="sm" variant="quiet" onClick={() => setText("")}>
          {t("answer")}
        </Button>
      </div>
    );
  }
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ path: "comments", body: { text, replyTo } });
      }}
    >
      <FormField id={id} label={t("answer")}>
        {(control) => (
          <Textarea
            {...control}
            autoFocus
            rows={2}
            required
            maxLength={10_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </FormField>
      <div className="flex gap-2">
        <Button type="submit" size="sm" pending={send.isPending}>
          {t("send")}
        </Button>
        <Button size="sm" variant="quiet" onClick={() => setText(null)}>
          {t("cancel")}
        </Button>
      </div>
      {send.error ? <ErrorNotice error={send.error} /> : null}
    </form>
  );
}

function Composer({ changeId, steps, yaml, line, pick }: ConversationProps) {
  const t = useTranslations("review.talk");
  const id = useId();
  const [text, setText] = useState("");
  const [field, setField] = useState<CommentPlace | null>(null);
  const send = useReviewAct(changeId, () => {
    setText("");
    setField(null);
    pick(null);
  });
  const place: CommentPlace = line ? { kind: "line", ...line } : (field ?? { kind: "change" });
  return (
    <form
      className="grid gap-3 border-t pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ path: "comments", body: { text, place } });
      }}
    >
      <PlaceChoice id={id} steps={steps} yaml={yaml} place={place} choose={setField} pick={pick} />
      <FormField id={`${id}-text`} label={t("comment")}>
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            required
            maxLength={10_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </FormField>
      {send.error ? <ErrorNotice error={send.error} /> : null}
      <div>
        <Button type="submit" pending={send.isPending}>
          {t("send")}
        </Button>
      </div>
    </form>
  );
}
