import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { capped } from "./folded";
import { JsonTree } from "./json-tree";
import { jsonOf, withoutSecrets } from "./part";
import { TidyCard } from "./tidy-card";

/** A request that nobody looks at but a program: where it goes and what it holds. */
export function PlainRequest({ request }: { request: HttpRequest }) {
  const json = jsonOf(request);
  const { method, scheme, host, path, body } = request;
  return (
    <TidyCard
      head={
        <span className="min-w-0 font-mono text-12">
          <strong className="font-semibold">{method}</strong> {withoutSecrets(`${scheme}://${host}${path}`)}
        </span>
      }
    >
      <div className="font-mono text-12">
        {json.value === undefined ? (
          <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{withoutSecrets(capped(body))}</p>
        ) : (
          <JsonTree part={json} />
        )}
      </div>
    </TidyCard>
  );
}
