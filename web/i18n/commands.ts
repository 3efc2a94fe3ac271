/** Words of the search over everything (Ctrl K). */
export const commandsKo = {
  open: '찾기와 명령 (Ctrl K)',
  short: 'Ctrl K',
  search: '화면, 노선, 화물, 기업, 명령',
  nothing: '맞는 것이 없습니다.',
  groups: { commands: '명령', screens: '화면', routes: '노선', firms: '기업', shipments: '화물' },
  undo: (name: string) => `되돌리기: ${name}`,
  redo: (name: string) => `다시 하기: ${name}`,
  stop: '멈추고 최선안 유지',
  clearLocks: (count: number) => `모든 잠금 풀기 (${count})`,
  keys: '단축키 보기',
}

export const commandsEn: typeof commandsKo = {
  open: 'Find and do (Ctrl K)',
  short: 'Ctrl K',
  search: 'Screens, routes, shipments, firms, commands',
  nothing: 'Nothing fits.',
  groups: { commands: 'Commands', screens: 'Screens', routes: 'Routes', firms: 'Firms', shipments: 'Shipments' },
  undo: (name) => `Undo: ${name}`,
  redo: (name) => `Redo: ${name}`,
  stop: 'Stop and keep best',
  clearLocks: (count) => `Clear all locks (${count})`,
  keys: 'Show keys',
}
