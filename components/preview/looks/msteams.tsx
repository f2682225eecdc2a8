import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { ButtonPicture } from "./attachment";
import { ChatMessage } from "./chat-message";
import { hexColor } from "./color";
import { Each } from "./each";
import { Facts } from "./facts";
import { MESSAGE_CARD } from "./flavours";
import { Folded } from "./folded";
import { markdown } from "./markdown";
import { Marks } from "./marks";
import { jsonOf, type Part } from "./part";
import { Refused } from "./refused";
import { TopBar } from "./top-bar";

const FOLD = { characters: 2_500, lines: 50 };

/** A card of the connectors that Teams had before: its summary is seen in notifications only. */
export function MessageCard({ request, now }: { request: HttpRequest; now?: string | undefined }) {
  const body = jsonOf(request);
  const [title, text] = [body.text("title"), body.text("text")];
  const blank = text.trim() === "" && body.text("summary").trim() === "";
  return (
    <>
      {blank ? <Refused by="Microsoft Teams" answer="Summary or Text is required." /> : null}
      <ChatMessage author="" now={now}>
        <TopBar color={hexColor(body.text("themeColor"))}>
          {title === "" ? null : <p className="text-14 font-semibold">{title}</p>}
          <Text text={text} />
          <Each of={body.list("sections")}>{(section) => <Section section={section} />}</Each>
          <div className="flex flex-wrap gap-2">
            <Each of={body.list("potentialAction")}>
              {(action) => (
                <ButtonPicture label={action.text("name")} url={action.list("targets")[0]?.text("uri") ?? ""} />
              )}
            </Each>
          </div>
        </TopBar>
      </ChatMessage>
    </>
  );
}

function Text({ text }: { text: string }) {
  if (text === "") return null;
  return (
    <div>
      <Folded text={text} rule={FOLD}>
        {(shown) => <Marks marks={markdown(shown, MESSAGE_CARD)} />}
      </Folded>
    </div>
  );
}

function Section({ section }: { section: Part }) {
  const facts = section.list("facts").map((fact) => [fact.text("name"), fact.text("value")] as const);
  return (
    <div className="mt-1.5 space-y-1">
      <p className="font-semibold">{section.text("activityTitle") || section.text("title")}</p>
      <Text text={section.text("text")} />
      <Facts facts={facts} />
    </div>
  );
}
