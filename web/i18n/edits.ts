/** Words of changing a plan by hand: moving, locks, undo, the price list, planning again, confirming. */
export const editsKo = {
  undo: '되돌리기',
  redo: '다시 하기',
  undoStep: (name: string) => `되돌리기: ${name}`,
  redoStep: (name: string) => `다시 하기: ${name}`,
  nothingToUndo: '되돌릴 것이 없습니다',
  nothingToRedo: '다시 할 것이 없습니다',
  done: (name: string) => `${name}`,
  undone: (name: string) => `되돌렸습니다: ${name}`,
  redone: (name: string) => `다시 했습니다: ${name}`,
  lockStep: (what: string, on: boolean) => (on ? `${what} 잠금` : `${what} 잠금 풀기`),
  clearLocks: (count: number) => `잠금 ${count}개 모두 풀기`,
  switchStep: { replan: '다시 최적화', repair: '조건 고치기', import: '주문 들이기' },
}
export const editsEn: typeof editsKo = {
  undo: 'Undo',
  redo: 'Redo',
  undoStep: (name) => `Undo: ${name}`,
  redoStep: (name) => `Redo: ${name}`,
  nothingToUndo: 'Nothing to undo',
  nothingToRedo: 'Nothing to redo',
  done: (name) => `${name}`,
  undone: (name) => `Undone: ${name}`,
  redone: (name) => `Redone: ${name}`,
  lockStep: (what, on) => (on ? `Lock ${what}` : `Unlock ${what}`),
  clearLocks: (count) => `Clear all ${count} locks`,
  switchStep: { replan: 'Plan again', repair: 'Change a condition', import: 'Orders read' },
}
