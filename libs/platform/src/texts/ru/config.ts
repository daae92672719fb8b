export const config = {
  faults_one: 'Настройка: найдена {{count}} ошибка',
  faults_few: 'Настройка: найдены {{count}} ошибки',
  faults_many: 'Настройка: найдено {{count}} ошибок',
  faults_other: 'Настройка: найдено {{count}} ошибки',
  startFailed: '{{name}} не запускается: {{reason}}',
} as const;
