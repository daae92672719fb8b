export const config = {
  faults_one: 'Configuration: {{count}} fault',
  faults_other: 'Configuration: {{count}} faults',
  startFailed: '{{name}} cannot start: {{reason}}',
} as const;
