/** Words of what a plan can be taken away as. */
export const papersKo = {
  sheets: '운행지시서',
  driverCopy: '기사용 PDF',
  carrierCopy: '운송사용 PDF (운임 포함)',
  dispatch: '배차표',
  plan: '계획',
  excel: 'Excel',
  csv: 'CSV',
  shipmentsCsv: '화물 CSV',
  map: '지도',
  geojson: 'GeoJSON',
  gpx: 'GPX (내비게이션)',
}

export const papersEn: typeof papersKo = {
  sheets: 'Route sheets',
  driverCopy: 'For drivers, PDF',
  carrierCopy: 'For carriers, PDF (with the fare)',
  dispatch: 'Dispatch table',
  plan: 'Plan',
  excel: 'Excel',
  csv: 'CSV',
  shipmentsCsv: 'Shipments, CSV',
  map: 'Map',
  geojson: 'GeoJSON',
  gpx: 'GPX (navigation)',
}
