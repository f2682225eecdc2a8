import type { TemplateFile } from "@/lib/alertmanager";

/**
 * What the demo tenant's Alertmanager runs: a shop with payments, a data team and a database on call. Loads on every
 * supported version from 0.25 on. Hosts end in `.example`, so nothing is ever sent to anybody.
 */
export const DEMO_YAML = `# Alerting of Meridian, an online shop. Owned by the platform team.
global:
  resolve_timeout: 5m
  smtp_smarthost: smtp.meridian.example:587
  smtp_from: alerts@meridian.example
  smtp_auth_username: alerts@meridian.example
  smtp_auth_password: demo-smtp-password
  slack_api_url: https://hooks.slack.example/services/T0DEMO/B0DEMO/demo-token

templates:
  - /etc/alertmanager/templates/*.tmpl

route:
  receiver: platform-slack
  group_by: [alertname, cluster, service]
  group_wait: 30s
  group_interval: 5m
  repeat_interval: 4h
  routes:
    # The watchdog proves that alerting works: it fires always, and its absence pages somebody else.
    - receiver: deadman
      matchers: [alertname = "Watchdog"]
      group_wait: 0s
      group_interval: 1m
      repeat_interval: 5m
    # Payments wakes people up, at any hour.
    - receiver: payments-pager
      matchers: [team = "payments", severity = "critical"]
      group_wait: 10s
      repeat_interval: 1h
      continue: true
    - receiver: payments-slack
      matchers: [team = "payments"]
      routes:
        - receiver: payments-slack
          matchers: [alertname =~ "Checkout.*|Refund.*"]
          group_by: [alertname, region]
          repeat_interval: 2h
    - receiver: database-pager
      matchers: [team = "database"]
      routes:
        - receiver: database-mail
          matchers: [severity =~ "warning|info"]
          group_interval: 30m
          repeat_interval: 1d
          mute_time_intervals: [weekends]
        - receiver: database-pager
          matchers: [alertname = "ReplicationLagHigh"]
          group_by: [alertname, cluster, replica]
    - receiver: data-webhook
      matchers: [team = "data", service !~ "scratch-.*"]
      active_time_intervals: [office-hours]
      repeat_interval: 12h
    # Everything that is critical and belongs to no team.
    - receiver: platform-pager
      matchers: [severity = "critical"]
    - receiver: platform-slack
      matchers: [severity = "info"]
      group_interval: 1h
      repeat_interval: 1d
      mute_time_intervals: [out-of-hours, holidays]

inhibit_rules:
  # One page per outage: what is critical silences its own warnings.
  - source_matchers: [severity = "critical"]
    target_matchers: [severity =~ "warning|info"]
    equal: [alertname, cluster, service]
  - source_matchers: [alertname = "ClusterUnreachable"]
    target_matchers: [alertname != "ClusterUnreachable", cluster != ""]
    equal: [cluster]
  - source_matchers: [alertname = "DatabaseDown"]
    target_matchers: [alertname =~ "CheckoutErrorRateHigh|ReplicationLagHigh"]
    equal: [region]

time_intervals:
  - name: office-hours
    time_intervals:
      - weekdays: ["monday:friday"]
        times:
          - start_time: "09:00"
            end_time: "18:00"
        location: Europe/Paris
  - name: out-of-hours
    time_intervals:
      - weekdays: ["monday:friday"]
        times:
          - start_time: "00:00"
            end_time: "08:00"
          - start_time: "20:00"
            end_time: "24:00"
        location: Europe/Paris
      - weekdays: ["saturday", "sunday"]
        location: Europe/Paris
  - name: weekends
    time_intervals:
      - weekdays: ["saturday", "sunday"]
  - name: holidays
    time_intervals:
      - months: ["december"]
        days_of_month: ["24:26", "31"]
      - months: ["january"]
        days_of_month: ["1"]

receivers:
  - name: platform-slack
    slack_configs:
      - channel: "#platform-alerts"
        send_resolved: true
        title: '{{ template "meridian.title" . }}'
        text: '{{ template "meridian.text" . }}'
        actions:
          - type: button
            text: Runbook
            url: "{{ (index .Alerts 0).Annotations.runbook_url }}"
  - name: platform-pager
    pagerduty_configs:
      - routing_key: demo-platform-routing-key-0000000
        severity: '{{ if .CommonLabels.severity }}{{ .CommonLabels.severity }}{{ else }}error{{ end }}'
        details:
          cluster: "{{ .CommonLabels.cluster }}"
          firing: "{{ .Alerts.Firing | len }}"
  - name: payments-pager
    pagerduty_configs:
      - routing_key: demo-payments-routing-key-0000000
        description: '{{ template "meridian.title" . }}'
    opsgenie_configs:
      - api_key: demo-opsgenie-key-of-payments
        message: '{{ template "meridian.title" . }}'
        priority: P1
        responders:
          - name: payments-on-call
            type: schedule
  - name: payments-slack
    slack_configs:
      - channel: "#payments"
        send_resolved: true
        color: '{{ if eq .Status "firing" }}danger{{ else }}good{{ end }}'
        title: '{{ template "meridian.title" . }}'
        text: '{{ template "meridian.text" . }}'
  - name: database-pager
    victorops_configs:
      - api_key: demo-splunk-on-call-key
        routing_key: database
        message_type: CRITICAL
  - name: database-mail
    email_configs:
      - to: database-team@meridian.example
        send_resolved: true
        headers:
          Subject: '{{ template "meridian.title" . }}'
  - name: data-webhook
    webhook_configs:
      - url: https://automation.meridian.example/hooks/data
        send_resolved: true
        max_alerts: 50
        http_config:
          basic_auth:
            username: alertmanager
            password: demo-webhook-password
  - name: deadman
    webhook_configs:
      - url: https://deadman.meridian.example/ping/demo
        send_resolved: false
`;

export const DEMO_TEMPLATES: TemplateFile[] = [
  {
    name: "meridian.tmpl",
    content: `{{ define "meridian.title" -}}
[{{ .Status | toUpper }}{{ if eq .Status "firing" }}:{{ .Alerts.Firing | len }}{{ end }}] {{ .CommonLabels.alertname }}
{{- if .CommonLabels.cluster }} in {{ .CommonLabels.cluster }}{{ end }}
{{- end }}

{{ define "meridian.text" -}}
{{ range .Alerts }}{{ template "meridian.alert" . }}
{{ end }}
{{- end }}
`,
  },
  {
    name: "alert.tmpl",
    content: `{{ define "meridian.alert" -}}
*{{ .Labels.severity | title }}* {{ .Annotations.summary }}
{{- with .Annotations.description }}
{{ . }}{{ end }}
{{- with .Annotations.runbook_url }}
<{{ . }}|Runbook>{{ end }}
{{- end }}
`,
  },
];

export const DEMO_TITLE = "The alerting we had";
