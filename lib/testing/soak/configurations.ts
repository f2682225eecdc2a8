const RECEIVERS = 1_000;
/** Lies beside the first replica's file only, so that the second refuses what names it. */
export const ONLY_FIRST = "ca.pem";

const NEEDS_IT = `    slack_configs:
      - api_url_file: slack
        channel: "#nowhere"
        http_config: {tls_config: {ca_file: ${ONLY_FIRST}}}
`;

/** Large enough that writing it takes a moment; its first and last lines name it. */
export function soakConfig(name: string, refused: boolean): string {
  const others = Array.from({ length: RECEIVERS }, (_, index) => `  - name: ${name}-${index}\n`);
  return `# ${name} begins here
route:
  receiver: ${name}
receivers:
  - name: ${name}
${refused ? NEEDS_IT : ""}${others.join("")}# ${name} ends here
`;
}
