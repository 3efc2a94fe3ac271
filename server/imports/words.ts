/** What an import says about a file, by code: [what is wrong, what to do], in Korean and English. `{name}` is filled in. */
import type { Issue } from '../../solver/index.ts'

interface Words {
  readonly severity: Issue['severity']
  readonly ko: readonly [string, string]
  readonly en: readonly [string, string]
}
const error = (ko: Words['ko'], en: Words['en']): Words => ({ severity: 'error', ko, en })
const warning = (ko: Words['ko'], en: Words['en']): Words => ({ severity: 'warning', ko, en })

const CSV_REMEDY = [
  '엑셀에서 다른 이름으로 저장 → "CSV UTF-8(쉼표로 분리)"를 고른 뒤 그 파일을 올려 주세요.',
  'In the spreadsheet choose Save as → "CSV UTF-8 (comma delimited)" and import that file.',
] as const
const XLSX_REMEDY = [
  '엑셀에서 다른 이름으로 저장 → "Excel 통합 문서(*.xlsx)"를 고른 뒤 그 파일을 올려 주세요.',
  'In the spreadsheet choose Save as → "Excel Workbook (*.xlsx)" and import that file.',
] as const
const DATE_REMEDY = ['2026-11-23처럼 적어 주세요.', 'Write it like 2026-11-23.'] as const
const WEIGHT_REMEDY = ['850, 850kg, 1.2톤처럼 적어 주세요.', 'Write it like 850, 850kg or 1.2t.'] as const
const TIME_REMEDY = [
  '오전, 14:00까지, 09:00-11:00처럼 적거나 비워 두세요.',
  'Write it like AM, by 14:00 or 09:00-11:00, or leave it empty.',
] as const

const PLACE_REMEDY = [
  '장소 화면(#places)이나 milkrun places set 으로 지도에 놓아 주세요. 기억했다가, 기다리던 주문을 그 날에 더할 수 있습니다.',
  'Place it on the screen of places (#places) or with milkrun places set. It is remembered, and the orders that waited can join their day.',
] as const

export const IMPORT_WORDS = {
  // the file
  'file.empty': error(
    ['파일에 내용이 없습니다.', '주문이 담긴 엑셀이나 CSV 파일을 골라 주세요.'],
    ['The file is empty.', 'Choose a workbook or CSV file with orders in it.'],
  ),
  'file.tooLarge': error(
    ['파일이 {sizeMb} MB로 한도 {limitMb} MB를 넘습니다.', '기간이나 시트를 나누어 올려 주세요.'],
    ['The file has {sizeMb} MB; the limit is {limitMb} MB.', 'Split it by period or sheet and import the parts.'],
  ),
  'file.tooManyRows': error(
    ['주문이 {rows}행으로 한도 {limit}행을 넘습니다.', '기간을 나누어 올려 주세요.'],
    ['The file has {rows} rows; the limit is {limit}.', 'Split it by period and import the parts.'],
  ),
  'file.oldWorkbook': error(
    ['예전 형식의 문서(.xls, .hwp 등)라 읽을 수 없습니다.', XLSX_REMEDY[0]],
    ['This is a document of an old format (.xls, .hwp), which cannot be read.', XLSX_REMEDY[1]],
  ),
  'file.binaryWorkbook': error(
    ['바이너리 통합 문서(.xlsb)라 읽을 수 없습니다.', XLSX_REMEDY[0]],
    ['This is a binary workbook (.xlsb), which cannot be read.', XLSX_REMEDY[1]],
  ),
  'file.password': error(
    ['암호가 걸린 통합 문서입니다.', '엑셀에서 파일 → 정보 → 통합 문서 보호에서 암호를 지우고 저장한 뒤 올려 주세요.'],
    [
      'The workbook is protected by a password.',
      'Remove it (File → Info → Protect Workbook → Encrypt with Password), save, and import again.',
    ],
  ),
  'file.notWorkbook': error(
    ['압축 파일이지만 엑셀 통합 문서(.xlsx)가 아닙니다.', XLSX_REMEDY[0]],
    ['This is a packed file, but not a workbook (.xlsx).', XLSX_REMEDY[1]],
  ),
  'file.damaged': error(
    ['통합 문서가 손상되어 읽을 수 없습니다.', '엑셀에서 열어 다시 저장하거나 CSV로 저장해 주세요.'],
    ['The workbook is damaged and cannot be read.', 'Open it in the spreadsheet and save it again, or as CSV.'],
  ),
  'file.manyParts': error(
    ['통합 문서의 부분이 {limit}개를 넘습니다.', '주문 시트만 새 통합 문서로 복사해 올려 주세요.'],
    ['The workbook has more than {limit} parts.', 'Copy the sheet of orders into a new workbook and import that.'],
  ),
  'file.unpacksTooLarge': error(
    [
      '통합 문서를 풀면 한도 {limitMb} MB를 넘습니다.',
      '주문 시트만 새 통합 문서로 복사하거나 기간을 나누어 올려 주세요.',
    ],
    [
      'Unpacked, the workbook is larger than the limit of {limitMb} MB.',
      'Copy the sheet of orders into a new workbook, or split it by period.',
    ],
  ),
  'file.sheetTooWide': error(
    ['{rows}행 또는 {columns}열보다 먼 곳에 내용이 있습니다.', '주문만 새 시트로 복사해 올려 주세요.'],
    ['There is something beyond row {rows} or column {columns}.', 'Copy the orders into a new sheet and import that.'],
  ),
  'file.notCsv': error(
    ['엑셀(.xlsx)이나 CSV 파일이 아닙니다.', CSV_REMEDY[0]],
    ['This is neither a workbook (.xlsx) nor a CSV file.', CSV_REMEDY[1]],
  ),
  'file.encoding': error(
    ['문자 인코딩을 알 수 없습니다. UTF-8도 CP949도 아닙니다.', CSV_REMEDY[0]],
    ['The text encoding is neither UTF-8 nor CP949.', CSV_REMEDY[1]],
  ),
  'file.quotes': error(
    [
      '이 행부터 읽을 수 없습니다. 큰따옴표가 닫히지 않은 것 같습니다. 앞의 행은 그대로 읽었습니다.',
      '큰따옴표의 짝을 맞추어 주세요.',
    ],
    [
      'Unreadable from this row on, probably for an open quotation mark. The rows before it were read.',
      'Pair the quotation marks.',
    ],
  ),
  'file.tooManyDays': error(
    ['상차일이 {days}일에 걸쳐 한도 {limit}일을 넘습니다.', '날짜를 확인하거나 기간을 나누어 올려 주세요.'],
    ['The pickup dates cover {days} days; the limit is {limit}.', 'Check the dates, or split the file by period.'],
  ),
  'file.noHeader': error(
    [
      '열 이름이 있는 행을 찾지 못했습니다.',
      '첫 행에 상차일, 업체명, 상차지, 하차지, 중량 같은 열 이름을 적어 주세요.',
    ],
    ['No row with column names was found.', 'Put names such as 상차일, 업체명, 상차지, 하차지, 중량 in the first row.'],
  ),
  'file.noRows': error(
    ['열 이름 아래에 주문이 없습니다.', '주문을 한 행에 하나씩 적어 주세요.'],
    ['There are no orders below the column names.', 'Write one order a row.'],
  ),
  // sheets of a workbook
  'sheet.unknown': error(
    ['‘{sheet}’ 시트가 없습니다.', '다음 시트 가운데 하나를 고르세요: {sheets}'],
    ['There is no sheet “{sheet}”.', 'Choose one of: {sheets}'],
  ),
  'sheet.others': warning(
    ['‘{sheet}’ 시트만 읽었습니다. 주문이 있는 듯한 다른 시트: {others}', '다른 시트는 시트를 골라 따로 올려 주세요.'],
    [
      'Only the sheet “{sheet}” was read. Others that look like orders: {others}',
      'Import those by choosing the sheet.',
    ],
  ),
  'cell.formulas': warning(
    [
      '수식이 있는 칸 {count}개는 저장된 값으로 읽었습니다: {cells}',
      '값이 최신인지 확인해 주세요. 수식은 계산하지 않습니다.',
    ],
    [
      '{count} cells with a formula were read by their stored value: {cells}',
      'Check that the values are up to date; formulas are not computed.',
    ],
  ),
  // columns
  'mapping.noColumn': error(
    ['‘{field}’에 지정한 열이 파일에 없습니다: ‘{column}’', '파일의 열 이름대로 적어 주세요: {names}'],
    ['There is no column “{column}” in the file, which was given for {field}.', 'Name one that is there: {names}'],
  ),
  'column.missing': error(
    ['‘{column}’ 열이 없습니다.', '열을 더하거나 이름을 다음 가운데 하나로 바꾸어 주세요: {names}'],
    ['The column “{column}” is missing.', 'Add it, or rename yours to one of: {names}'],
  ),
  'column.twice': warning(
    ['앞에 나온 열과 뜻이 같아 쓰지 않은 열입니다: ‘{column}’', '두 열 가운데 하나를 지워 주세요.'],
    ['The column “{column}” means the same as an earlier one and was not used.', 'Remove one of the two.'],
  ),
  'column.unknown': warning(
    [
      '뜻을 알 수 없어 쓰지 않은 열입니다: {columns}',
      '필요한 열이면 무엇인지 지정하거나 이름을 바꾸고, 아니면 그대로 두세요.',
    ],
    [
      'Columns that were not understood and not used: {columns}',
      'Map or rename them if they matter; otherwise leave them.',
    ],
  ),
  // rows
  'row.total': warning(
    ['합계 행으로 보아 건너뛰었습니다: ‘{text}’', '주문이라면 업체명과 상차지·하차지를 적어 주세요.'],
    ['Taken for a row of totals and skipped: “{text}”', 'If it is an order, fill in the firm and both places.'],
  ),
  'row.example': warning(
    ['양식의 예시 행이라 건너뛰었습니다.', '주문이라면 접수번호를 바꾸어 주세요.'],
    ['Skipped: the example row of the template.', 'If it is an order, change its number.'],
  ),
  'row.repeated': warning(
    ['{first}행과 내용이 같습니다. 두 건으로 두었습니다.', '한 건이면 이 행을 지워 주세요.'],
    ['Same as row {first}; both were kept.', 'Remove this row if it is the same order.'],
  ),
  'id.duplicate': error(
    ['{first}행에 이미 있는 접수번호입니다: ‘{value}’', '번호를 고치거나, 같은 주문이면 이 행을 지워 주세요.'],
    [
      'The order number “{value}” is used in row {first} already.',
      'Change it, or remove this row if it is the same order.',
    ],
  ),
  'id.tooLong': error(
    ['접수번호가 80자를 넘습니다.', '짧은 번호로 바꾸어 주세요.'],
    ['The order number has more than 80 characters.', 'Use a shorter one.'],
  ),
  // dates
  'date.missing': error(['상차일이 비어 있습니다.', DATE_REMEDY[0]], ['The pickup date is missing.', DATE_REMEDY[1]]),
  'date.form': error(
    ['날짜로 읽을 수 없습니다: ‘{value}’', DATE_REMEDY[0]],
    ['“{value}” cannot be read as a date.', DATE_REMEDY[1]],
  ),
  'date.notADay': error(
    ['달력에 없는 날입니다: ‘{value}’', DATE_REMEDY[0]],
    ['“{value}” is not a day of the calendar.', DATE_REMEDY[1]],
  ),
  'date.noYear': error(
    ['‘{value}’에 연도가 없고, 파일의 다른 날짜에서도 알 수 없습니다.', DATE_REMEDY[0]],
    ['“{value}” has no year, and no other date of the file tells it.', DATE_REMEDY[1]],
  ),
  'date.far': warning(
    ['상차일 {date}이(가) 파일의 다른 날({middle} 무렵)과 400일 넘게 떨어져 있습니다.', '연도를 확인해 주세요.'],
    ['The pickup date {date} is more than 400 days from the others (around {middle}).', 'Check the year.'],
  ),
  'date.otherDay': error(
    [
      '상차일이 {date}인 주문이 있습니다. 여기에서는 {day}의 주문만 바꿉니다.',
      '그 날로 옮기려면 여기에서 지우고 그 날에 더하세요.',
    ],
    [
      'There are orders for {date}; only those of {day} are changed here.',
      'To move one, remove it here and add it to that day.',
    ],
  ),
  'date.alone': warning(
    ['이 행만 상차일이 {date}입니다. 다른 {count}건은 {main}입니다.', '날짜가 맞는지 확인해 주세요.'],
    ['This order alone is picked up on {date}; {count} others on {main}.', 'Check the date.'],
  ),
  'date.dueBeforePickup': error(
    ['하차일({due})이 상차일({date})보다 앞섭니다.', '두 날짜를 확인해 주세요.'],
    ['The delivery date {due} is before the pickup date {date}.', 'Check the two dates.'],
  ),
  // firms and places
  'firm.missing': error(
    ['업체명이 비어 있고, 상차지·하차지도 회원사가 아닙니다.', '운임을 낼 업체명을 적어 주세요.'],
    ['The firm is missing, and neither place belongs to a member.', 'Write the firm that pays for the shipment.'],
  ),
  'firm.unknown': error(
    ['등록되지 않은 업체입니다: ‘{value}’{hint}', '이름을 고치거나, 새 업체면 먼저 등록해 주세요.'],
    ['“{value}” is not a registered firm.{hint}', 'Correct the name, or register the firm first.'],
  ),
  'site.missing': error(
    ['‘{column}’ 칸이 비어 있습니다.', '등록된 장소나 업체의 이름을 적어 주세요.'],
    ['{column} is empty.', 'Write the name of a registered place or firm.'],
  ),
  'site.unknown': error(
    ['등록되지 않은 장소입니다: ‘{value}’{hint}', '이름을 고치거나, 새 장소면 주소 또는 위도·경도 열을 적어 주세요.'],
    [
      '“{value}” is not a registered place.{hint}',
      'Correct the name, or give a new place its 주소 (address) or its 위도 and 경도 (latitude, longitude).',
    ],
  ),
  'address.nothing': error(
    ['주소의 위치를 찾지 못했습니다: ‘{value}’', PLACE_REMEDY[0]],
    ['The address “{value}” was not found.', PLACE_REMEDY[1]],
  ),
  'address.gwangju': error(
    ['광주광역시인지 경기도 광주시인지 분명하지 않은 주소입니다: ‘{value}’', PLACE_REMEDY[0]],
    [
      'The address “{value}” may be in Gwangju Metropolitan City (광주광역시) or in Gwangju-si of Gyeonggi (경기 광주시).',
      PLACE_REMEDY[1],
    ],
  ),
  'address.elsewhere': error(
    ['찾은 위치의 시·도가 주소와 다릅니다: ‘{value}’', PLACE_REMEDY[0]],
    ['What was found for “{value}” lies in another province than it says.', PLACE_REMEDY[1]],
  ),
  'address.several': error(
    ['주소에 맞는 곳이 여럿입니다: ‘{value}’', PLACE_REMEDY[0]],
    ['“{value}” fits several places.', PLACE_REMEDY[1]],
  ),
  'address.whichSite': error(
    [
      '상차지와 하차지가 모두 처음 보는 곳이라 주소가 어느 쪽의 것인지 알 수 없습니다.',
      '상차지주소와 하차지주소 열로 나누어 적어 주세요.',
    ],
    ['Both places are new, so the address may belong to either.', 'Use the columns 상차지주소 and 하차지주소.'],
  ),
  'address.missing': error(
    ['주소가 비어 있습니다.', '주소를 적거나 이 행을 지워 주세요.'],
    ['The address is missing.', 'Write it, or remove this row.'],
  ),
  'address.twice': error(
    ['{first}행과 같은 주소인데 위치가 다릅니다: ‘{value}’', '두 행 가운데 하나를 지워 주세요.'],
    ['“{value}” is the address of row {first}, at another point.', 'Remove one of the two rows.'],
  ),
  'address.otherGwangju': error(
    ['광주광역시 주소인데 좌표({lat}, {lng})는 경기도 광주시입니다: ‘{value}’', '좌표를 확인해 주세요.'],
    [
      '“{value}” is in Gwangju Metropolitan City (광주광역시), but {lat}, {lng} lies in Gwangju-si of Gyeonggi (경기 광주시).',
      'Check the coordinates.',
    ],
  ),
  'address.unasked': warning(
    [
      '주소를 찾는 서비스({service})가 답하지 않았습니다: {why}',
      '잠시 뒤에 다시 읽거나, 장소 화면에서 직접 놓아 주세요.',
    ],
    [
      'The service that looks up addresses ({service}) did not answer: {why}',
      'Import again later, or place them by hand.',
    ],
  ),
  'name.ambiguous': error(
    ['‘{value}’에 해당하는 곳이 여럿입니다: {names}', '그 가운데 하나의 이름을 적어 주세요.'],
    ['“{value}” may be any of: {names}', 'Write the name of one of them.'],
  ),
  'site.same': error(
    ['상차지와 하차지가 같습니다: ‘{value}’', '둘 가운데 하나를 고쳐 주세요.'],
    ['Pickup and delivery are both at “{value}”.', 'Correct one of the two.'],
  ),
  'businessNumber.form': warning(
    ['사업자번호 ‘{value}’의 검증 숫자가 맞지 않아 쓰지 않았습니다.', '열 자리 번호를 확인해 주세요.'],
    ['The check digit of the business number “{value}” is wrong; it was not used.', 'Check the ten digits.'],
  ),
  'businessNumber.other': warning(
    [
      '사업자번호 ‘{value}’와 {firm}의 등록 번호가 서로 다릅니다.',
      '업체명과 번호를 확인해 주세요. 업체명을 따랐습니다.',
    ],
    [
      'The business number “{value}” is not the one registered for {firm}.',
      'Check firm and number; the firm was used.',
    ],
  ),
  'coordinates.form': error(
    ['좌표로 읽을 수 없습니다: ‘{value}’', '위도 35.125, 경도 126.765처럼 도 단위로 적어 주세요.'],
    ['“{value}” cannot be read as a coordinate.', 'Write degrees, like latitude 35.125 and longitude 126.765.'],
  ),
  'coordinates.swapped': error(
    ['위도와 경도가 서로 바뀐 것 같습니다(위도 {lat}, 경도 {lng}).', '두 값을 맞바꾸어 주세요.'],
    ['Latitude and longitude look swapped (latitude {lat}, longitude {lng}).', 'Swap the two values.'],
  ),
  'coordinates.outsideKorea': error(
    ['‘{value}’의 좌표({lat}, {lng})가 우리나라 밖입니다.', '위도와 경도를 확인해 주세요.'],
    ['The coordinates of “{value}” ({lat}, {lng}) are outside Korea.', 'Check latitude and longitude.'],
  ),
  'coordinates.whichSite': error(
    [
      '상차지와 하차지가 모두 처음 보는 곳이라 좌표가 어느 쪽의 것인지 알 수 없습니다.',
      '상차지위도·상차지경도, 하차지위도·하차지경도 열로 나누어 적어 주세요.',
    ],
    [
      'Both places are new, so the coordinates may belong to either.',
      'Use the columns 상차지위도, 상차지경도, 하차지위도 and 하차지경도.',
    ],
  ),
  // goods
  'weight.missing': error(['중량이 비어 있습니다.', WEIGHT_REMEDY[0]], ['The weight is missing.', WEIGHT_REMEDY[1]]),
  'weight.notNumber': error(
    ['중량을 숫자로 읽을 수 없습니다: ‘{value}’', WEIGHT_REMEDY[0]],
    ['The weight “{value}” cannot be read as a number.', WEIGHT_REMEDY[1]],
  ),
  'weight.notWeight': error(
    ['중량 칸에 무게가 아니라 개수가 있습니다: ‘{value}’', '개수는 수량 열에, 무게는 kg이나 톤으로 적어 주세요.'],
    ['The weight “{value}” is a count, not a weight.', 'Put the count into 수량 and the weight in kg or tonnes here.'],
  ),
  'weight.unit': error(
    ['중량 ‘{value}’의 단위를 알 수 없습니다.', WEIGHT_REMEDY[0]],
    ['The unit of the weight “{value}” is not known.', WEIGHT_REMEDY[1]],
  ),
  'weight.notPositive': error(
    ['중량은 0보다 커야 합니다: ‘{value}’', WEIGHT_REMEDY[0]],
    ['The weight “{value}” is not above zero.', WEIGHT_REMEDY[1]],
  ),
  'weight.tooHeavy': error(
    ['중량이 100톤을 넘습니다: ‘{value}’', 'kg을 톤으로 적지 않았는지 확인해 주세요.'],
    ['The weight “{value}” is above 100 t.', 'Check that kilograms were not written as tonnes.'],
  ),
  'weight.maybeTonnes': warning(
    ['톤으로 적은 중량 같습니다. {kg} kg으로 읽었습니다.', '톤이면 ‘{value}톤’으로 적어 주세요.'],
    ['The weight {kg} kg looks like tonnes; it was read as kg.', 'If it is tonnes, write “{value}t”.'],
  ),
  'piece.heavierThanShipment': error(
    ['단품 중량 {piece} kg이 전체 중량 {weight} kg보다 무겁습니다.', '두 값을 확인해 주세요.'],
    ['The piece of {piece} kg is heavier than the whole shipment of {weight} kg.', 'Check the two weights.'],
  ),
  'quantity.notNumber': warning(
    ['수량을 읽을 수 없어 한 덩어리로 보았습니다: ‘{value}’', '3, 3EA, 3파렛트처럼 적어 주세요.'],
    ['The quantity “{value}” cannot be read; the shipment is taken as one piece.', 'Write it like 3, 3EA or 3PLT.'],
  ),
  'volume.notNumber': warning(
    ['부피를 읽을 수 없어 쓰지 않았습니다: ‘{value}’', '2.5㎥처럼 적어 주세요.'],
    ['The volume “{value}” cannot be read and was not used.', 'Write it like 2.5 m3.'],
  ),
  'gear.unknown': warning(
    ['상하차 방식을 알 수 없어 쓰지 않았습니다: ‘{value}’', '지게차, 크레인, 호이스트, 수작업 가운데에서 적어 주세요.'],
    [
      'The handling “{value}” is not known and was not used.',
      'Write 지게차 (forklift), 크레인 (crane), 호이스트 (hoist) or 수작업 (hand).',
    ],
  ),
  'phone.form': warning(
    ['전화번호로 읽을 수 없어 적힌 대로 두었습니다: ‘{value}’', '010-1234-5678이나 062-123-4567처럼 적어 주세요.'],
    [
      'The telephone number “{value}” cannot be read and was kept as it is.',
      'Write it like 010-1234-5678 or 062-123-4567.',
    ],
  ),
  // times
  'time.form': error(
    ['시간을 읽을 수 없습니다: ‘{value}’', TIME_REMEDY[0]],
    ['The time “{value}” cannot be read.', TIME_REMEDY[1]],
  ),
  'time.reversed': error(
    ['끝나는 시각이 시작보다 앞섭니다: ‘{value}’', '두 시각을 맞바꾸어 주세요.'],
    ['The time “{value}” ends before it begins.', 'Swap the two times.'],
  ),
  'time.deliveryBeforePickup': error(
    ['하차 요청({due}까지)이 상차 가능 시각({ready})보다 앞섭니다.', '상차시간과 도착요청을 확인해 주세요.'],
    ['Delivery by {due} is before the goods are ready at {ready}.', 'Check the pickup and the delivery time.'],
  ),
  'cell.formulaError': error(
    ['수식 오류 값이 들어 있습니다: ‘{value}’', '표 계산 파일에서 수식을 고친 뒤 다시 저장해 주세요.'],
    ['“{value}” is the error of a formula.', 'Mend the formula in the spreadsheet and save again.'],
  ),
  // lists of firms, for studies
  'firms.noName': error(
    ['업체명이 비어 있습니다.', '이름을 적거나 이 행을 지워 주세요.'],
    ['The name of the firm is missing.', 'Write it, or remove this row.'],
  ),
  'firms.twice': error(
    ['{first}행과 같은 업체입니다: ‘{value}’', '두 행 가운데 하나를 지우거나 이름을 다르게 적어 주세요.'],
    ['“{value}” is the firm of row {first}.', 'Remove one of the two rows, or give them different names.'],
  ),
  'firms.number': error(
    ['수로 읽을 수 없습니다: ‘{value}’', '35, 35명, 1,200톤처럼 적거나 비워 두세요.'],
    ['“{value}” cannot be read as a number.', 'Write it like 35 or 1,200 t, or leave it empty.'],
  ),
  'firms.process': warning(
    [
      '모르는 공정입니다: ‘{value}’',
      '주조, 금형, 소성가공, 용접, 표면처리, 열처리, 절삭, 적층, 염색 가운데 하나로 적어 주세요. 지금은 비워 둡니다.',
    ],
    [
      'The process “{value}” is not known.',
      'Write casting, mold, forming, welding, surface, heat treatment, machining, additive or dyeing. It is left out for now.',
    ],
  ),
  'firms.halfPlaced': error(
    ['위도와 경도 가운데 하나만 있습니다.', '둘 다 적거나 둘 다 비워 두세요.'],
    ['Only one of latitude and longitude is there.', 'Write both, or neither.'],
  ),
  'firms.noPlace': warning(
    ['‘{value}’의 위치를 몰라 거리에는 세지 않습니다.', '위도·경도나 더 자세한 주소를 적어 주세요.'],
    [
      'Where “{value}” is, is not known; it counts in no distance.',
      'Write latitude and longitude, or a fuller address.',
    ],
  ),
  'firms.apart': warning(
    ['업체들이 {km} km에 걸쳐 있습니다.', '한 단지의 목록인지, 주소가 맞는지 확인해 주세요.'],
    ['The firms lie over {km} km.', 'Check that the list is of one complex, and the addresses.'],
  ),
} satisfies Record<string, Words>

export type ImportCode = keyof typeof IMPORT_WORDS

/** Where a fault lies: nowhere in particular, in a row, or in one of its cells. */
interface Place {
  readonly row?: number
  readonly column?: string
}
export type Report = (code: ImportCode, place: Place, values?: Readonly<Record<string, string | number>>) => void
