import type { ConfigDocument, IntegrationPreview } from "@/lib/alertmanager";
import type { Known } from "./notification-checks";
import { reachOf } from "./reach";
import type { PreviewQuestion, Reach, WorkerAnswer } from "./worker-protocol";

export type Preview = (
  document: ConfigDocument,
  receiver: number,
  question: PreviewQuestion,
  known: Known,
) => readonly IntegrationPreview[];

type Answered = { number: number; texts: readonly string[]; about: readonly unknown[]; reach: Reach };
type PreviewedAnswer = Extract<WorkerAnswer, { kind: "previewed" }>;

/** As many receivers as a page ever shows; of the others everything is sent again. */
const REMEMBERED = 24;

/** The worker's answers about what receivers send, without what the page already has. */
export class Previews {
  readonly #answered = new Map<string, Answered>();

  constructor(private readonly preview: Preview) {}

  answer(
    document: ConfigDocument,
    known: Known,
    question: PreviewQuestion,
    answered: number | null,
    sequence: number,
  ): PreviewedAnswer {
    const { config } = document;
    const at = config.receivers?.findIndex(({ id }) => id === question.receiver) ?? -1;
    const before = this.#answered.get(question.receiver);
    this.#answered.delete(question.receiver);
    const receiver = config.receivers?.[at];
    if (!receiver) return { kind: "previewed", sequence, preview: null };
    const integrations = this.preview(document, at, question, known);
    const texts = integrations.map((one) => JSON.stringify(one));
    const about = [config.route, receiver.name, question.profile];
    const reach = before?.about.every((part, index) => part === about[index])
      ? before.reach
      : reachOf(config, question.profile, receiver.name);
    this.#answered.set(question.receiver, { number: sequence, texts, about, reach });
    for (const [oldest] of this.#answered) {
      if (this.#answered.size <= REMEMBERED) break;
      this.#answered.delete(oldest);
    }
    const same = before !== undefined && before.number === answered ? before : null;
    return {
      kind: "previewed",
      sequence,
      preview: {
        integrations: integrations.map((one, index) => (same?.texts[index] === texts[index] ? null : one)),
        reach: same?.reach === reach ? null : reach,
      },
    };
  }

  size(): number {
    return this.#answered.size;
  }
}
