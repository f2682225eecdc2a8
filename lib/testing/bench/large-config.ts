/** A route and a receiver per team, with Slack, e-mail and here and there a pager's secret: the same text for the same number. */
export function largeConfig(teams: number): string {
  const names = Array.from({ length: teams }, (_, index) => `team-${String(index).padStart(5, "0")}`);
  const routes = names.map(
    (name, index) =>
      `    - receiver: ${name}\n      matchers: [team="${name}", severity=~"critical|warning"]\n      group_wait: ${10 + (index % 50)}s\n`,
  );
  const receivers = names.map(
    (name, index) => `  # ${name} is on call on weekday ${index % 7}
  - name: ${name}
    slack_configs:
      - channel: "#${name}"
        title: '{{ .CommonLabels.alertname }} for ${name}'
        send_resolved: true
    email_configs:
      - to: ${name}@example.org
        headers: {Subject: "[${name}] {{ .CommonLabels.alertname }}"}
${index % 10 === 0 ? `    pagerduty_configs:\n      - routing_key: ${String(index).padStart(32, "k")}\n        severity: critical\n` : ""}`,
  );
  return `global:
  resolve_timeout: 5m
  slack_api_url_file: /etc/alertmanager/slack
  smtp_smarthost: smtp.example.org:587
  smtp_from: alertmanager@example.org
route:
  receiver: default
  group_by: [alertname, cluster]
  routes:
${routes.join("")}receivers:
  - name: default
${receivers.join("")}`;
}
