import type { CSSProperties, ReactNode } from "react";
import { cn } from "../../ui/cn";
import { Each } from "./each";
import { Folded, type FoldRule } from "./folded";
import { type Mark, Marks } from "./marks";
import type { Part } from "./part";
import { RemoteImage } from "./remote-image";
import { isWebAddress, SafeLink } from "./safe-link";

/** How one chat reads the attachments that many chats have in common. */
export interface AttachmentStyle {
  plain: (text: string) => string;
  format: (text: string) => readonly Mark[];
  /** Whether a part of the attachment is formatted. */
  formats: (part: "pretext" | "text" | "fields", attachment: Part) => boolean;
  color: (color: string) => string | null;
  fold: FoldRule;
}

export function ColorBar({
  color,
  className,
  children,
}: {
  color: string | null;
  className?: string;
  children: ReactNode;
}) {
  const style: CSSProperties & Record<"--bar", string> = { "--bar": color ?? "var(--line-strong)" };
  return (
    <div className={cn("min-w-0 border-l-4 border-l-(--bar) pl-3", className)} style={style}>
      {children}
    </div>
  );
}

type Props = { attachment: Part; style: AttachmentStyle };

export function Attachment({ attachment, style }: Props) {
  const of = (key: string) => attachment.text(key);
  const written = (part: "pretext" | "text" | "fields", text: string) =>
    style.formats(part, attachment) ? style.format(text) : [style.plain(text)];
  const [pretext, title, author, footer] = ["pretext", "title", "author_name", "footer"].map(of) as [
    string,
    string,
    string,
    string,
  ];
  return (
    <div className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">
      {pretext === "" ? null : (
        <div className="mb-1">
          <Marks marks={written("pretext", pretext)} />
        </div>
      )}
      <ColorBar color={style.color(of("color"))} className="mt-1 py-0.5">
        {author === "" ? null : (
          <p className="text-12 font-medium">
            <SafeLink url={of("author_link")}>{style.plain(author)}</SafeLink>
          </p>
        )}
        {title === "" ? null : <Title url={of("title_link")}>{style.plain(title)}</Title>}
        {of("text") === "" ? null : (
          <div>
            <Folded text={of("text")} rule={style.fold}>
              {(shown) => <Marks marks={written("text", shown)} />}
            </Folded>
          </div>
        )}
        <Fields fields={attachment.list("fields")} plain={style.plain} format={(text) => written("fields", text)} />
        <RemoteImage url={of("image_url")} />
        <RemoteImage url={of("thumb_url")} small />
        <Actions actions={attachment.list("actions")} plain={style.plain} />
        {footer === "" ? null : <p className="mt-1.5 text-12 text-muted">{style.plain(footer)}</p>}
      </ColorBar>
    </div>
  );
}

function Title({ url, children }: { url: string; children: ReactNode }) {
  return <p className="font-semibold">{isWebAddress(url) ? <SafeLink url={url}>{children}</SafeLink> : children}</p>;
}

type FieldsProps = {
  fields: readonly Part[];
  plain: (text: string) => string;
  format: (text: string) => readonly Mark[];
};

/** Short ones stand side by side. */
function Fields({ fields, plain, format }: FieldsProps) {
  if (fields.length === 0) return null;
  return (
    <dl className="mt-1.5 grid grid-cols-2 gap-x-4 gap-y-1.5 whitespace-pre-wrap">
      <Each of={fields}>
        {(field) => (
          <div className={field.flag("short") ? "min-w-0" : "col-span-2 min-w-0"}>
            <dt className="font-semibold">{plain(field.text("title"))}</dt>
            <dd>
              <Marks marks={format(field.text("value"))} />
            </dd>
          </div>
        )}
      </Each>
    </dl>
  );
}

const BUTTON = "inline-flex min-h-7 items-center rounded-md border px-2.5 text-12 font-medium no-underline";
const BUTTONS: Readonly<Record<string, string>> = {
  primary: "border-success text-success",
  danger: "border-critical text-critical",
};

/** A button that leads to a page is a link; what would ask the provider to act is only its picture. */
export function ButtonPicture({ label, url, kind = "" }: { label: string; url: string; kind?: string }) {
  const className = cn(BUTTON, "max-w-full border-line-strong text-text [overflow-wrap:anywhere]", BUTTONS[kind]);
  return (
    <SafeLink url={url} className={className}>
      {label}
    </SafeLink>
  );
}

function Actions({ actions, plain }: { actions: readonly Part[]; plain: (text: string) => string }) {
  if (actions.length === 0) return null;
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      <Each of={actions}>
        {(action) => {
          const label = plain(action.text("text") || action.text("name"));
          return <ButtonPicture label={label} url={action.text("url")} kind={action.text("style")} />;
        }}
      </Each>
    </div>
  );
}
