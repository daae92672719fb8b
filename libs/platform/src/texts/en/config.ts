export const config = {
  faults_one: 'Configuration: {{count}} fault',
  faults_other: 'Configuration: {{count}} faults',
  unreadableFile: 'the file {{path}} cannot be read',
  startFailed: '{{name}} cannot start: {{reason}}',
} as const;
