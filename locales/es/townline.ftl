### Todas las palabras que lee una persona, en español. Lenguaje claro: frases cortas, palabras comunes, trato de usted.

## El marco de cada página

skip-to-main = Ir al contenido principal
site-suffix = 311
nav-main = Menú principal
nav-languages = Idioma
nav-report = Reportar
nav-requests = Reportes
nav-map = Mapa
nav-desk = Mesa de trabajo
nav-admin = Configuración
nav-sign-out = Cerrar sesión
footer-help = ¿Necesita ayuda?
footer-emergency = En una emergencia, llame al 911. No use este sitio.
footer-open-data = Datos abiertos (Open311)
footer-staff = Acceso del personal
footer-style = Guía de estilo
footer-themes = Apariencia
theme-device = Como en mi dispositivo
theme-light = Clara
theme-dark = Oscura
title-error-prefix = Error:
button-continue = Continuar
button-search = Buscar
button-filter = Mostrar
button-save = Guardar
choose-one = Elija una opción
never = nunca
nothing-found = No se encontró nada. Pruebe con menos palabras o quite un filtro.
paging-label = Páginas
paging-first = Primera página
paging-next = Página siguiente

## Fechas y horas

month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
weekday-1 = lunes
weekday-2 = martes
weekday-3 = miércoles
weekday-4 = jueves
weekday-5 = viernes
weekday-6 = sábado
weekday-7 = domingo
time-am = a. m.
time-pm = p. m.
date = { $day } de { $month } de { $year }
date-with-weekday = { $weekday }, { $date }
date-and-time = { $date }, { $time } { $zone }

## Formularios

field-required = (obligatorio)
field-optional = (opcional)
field-error-prefix = Corrija esto:
faults-heading = Corrija lo siguiente
decoy-label = Deje este campo vacío
fault-decoy = Deje vacío el último campo. Sirve para detectar programas que llenan todos los campos.
field-help = ¿Qué significa «{ $label }»?
fault-code = Use solo letras, números, puntos, guiones y guiones bajos; debe empezar con una letra o un número.
fault-duplicate = Esto ya existe. Use otro.
fault-no-choices = Escriba las respuestas que se pueden elegir.
fault-condition-above = Una condición solo puede depender de una pregunta anterior. Quizás otra pregunta depende de esta.
fault-condition-list = Elija respuestas de una sola pregunta.
fault-url = Escriba una dirección web que empiece con https:// o http://.
fault-phone-number = Escriba un número de teléfono, como 617-555-0123 o 911.
fault-zone = Escriba una zona horaria, como America/New_York.
fault-host = Escriba un nombre de servidor, como 311.example.gov.
fault-calendar = Este calendario no se puede usar: { $reason }.
fault-ends-first = El final debe ser posterior al comienzo.
fault-range = Escriba un número entero entre { $from } y { $to }.
fault-hours = Escriba períodos como 09:00-12:30, 13:30-17:00.
fault-day-line = Esta línea no se entiende: { $line }
fault-always-closed = Abra por lo menos un día; si no, nunca se podría prometer nada.
fault-colour = Escriba un color con # y seis cifras o letras de la a a la f, como #005ea2.
fault-host-taken = Otro municipio ya usa uno de estos nombres de servidor.
fault-missing = Llene este campo.
fault-too-long = Use como máximo { $max } caracteres.
fault-too-many = Indique como máximo { $max } elementos.
fault-unreadable = Hay caracteres que no se pueden leer. Escríbalo de nuevo.
fault-email = Escriba un correo electrónico como nombre@ejemplo.com.
fault-phone = Escriba un teléfono de 7 a 15 dígitos, como 617-555-0123.
fault-service = Elija un servicio que reciba reportes.
fault-team = Elija un equipo de la lista.
fault-past = Elija un momento que todavía no haya pasado.
fault-answer-required = Responda a esta pregunta.
fault-answer-unknown = Elija una de las respuestas de la lista.
fault-answer-several = Elija una sola respuesta.
fault-answer-number = Escriba un número, como 3 o 2.5.
fault-answer-date = Escriba fecha y hora, como 2026-05-08 14:30.
fault-note-short = Escriba al menos { $min } letras, para que se entienda lo que pasó.
fault-note-empty = Diga con sus palabras qué se hizo en este caso. Las frases hechas no informan a nadie.
fault-original = Escriba el número de la otra solicitud. Debe ser una solicitud de este gobierno.
fault-original-duplicate = Esa solicitud ya está cerrada como duplicada. Escriba el número de la primera.
fault-reopen-late = Se cerró hace más de { $days } días. Envíe un reporte nuevo, por favor.
fault-nobody-assigned = Primero entregue la solicitud a un equipo. Solo un equipo puede haber hecho el trabajo.
fault-allowance = Escriba un plazo como "3 working days", "4 working hours" o "2 calendar days".
fault-backdated = Un cambio puede empezar ahora o más tarde, no en el pasado. Las promesas ya hechas se mantienen.
fault-unknown = Esto no existe.
fault-not-taken = No se puede guardar así. Revise el campo.

## Fotos

photo-not-a-picture = Este archivo no es una imagen JPEG, PNG o WebP. Si es una foto HEIC de un iPhone, haga una captura de pantalla y envíe esa.
photo-too-large = Una foto puede tener como máximo { $megabytes } megabytes. Elija un tamaño menor al compartirla desde su teléfono.
photo-too-large-together = Todas las fotos juntas pueden tener como máximo { $megabytes } megabytes. Envíe menos fotos.
photo-too-many = Envíe como máximo { $max } fotos.
photo-too-many-pixels = Esta imagen es demasiado grande para abrirla. Envíe una copia más pequeña.
photo-no-room = En este momento no se pueden recibir fotos. Continúe sin foto; su reporte es bienvenido.
photo-damaged = Esta imagen está dañada y no se puede abrir. Elija otra.
photo-alt = Foto { $index } de { $count }, reporte { $number }

## Inicio

home-title = Inicio
home-heading = ¿En qué puede ayudarle { $town }?
home-search-label = Una dirección, una pregunta o un problema
home-search-hint = Por ejemplo "no recogieron el reciclaje", "12 Elm Street" o un número de reporte.
home-report-heading = Reportar un problema
home-report-text = Un bache, una luz de la calle rota, basura sin recoger. No necesita una cuenta ni tiene que dar su nombre.
home-find-heading = Buscar un servicio
home-find-text = Todo lo que puede pedirnos, en palabras sencillas, y a quién acudir para lo demás.
home-notices-heading = Avisos de hoy
home-requests-heading = Consultar un reporte
home-requests-text = Busque un reporte por su número o vea lo que otros han reportado.
home-open = Nuestro personal atiende ahora, hasta las { $time }.
home-closed = Nuestras oficinas están cerradas ahora. Abren el { $date }. Usted puede reportar a cualquier hora.
home-closed-always = Nuestras oficinas están cerradas ahora. Usted puede reportar a cualquier hora.
find-title = Buscar un servicio
find-all-title = Todos los servicios
find-count = { $count ->
    [0] Ningún servicio coincide con estas palabras.
    [one] Coincide un servicio.
   *[other] Coinciden { $count } servicios.
}
find-report-anyway = Reportarlo de todos modos, paso a paso
find-else-heading = ¿No es lo que buscaba?
find-else-place = Es una dirección: reportar algo allí
find-else-reports = Buscar estas palabras en lo que se ha reportado
service-group-other = Otros servicios

## Reportar

report-steps-label = Pasos de su reporte
report-step-count = Paso { $step } de { $count }
report-back = Atrás
report-step-place = Lugar
report-step-service = Problema
report-step-known = ¿Ya lo sabemos?
report-step-details = Detalles
report-step-photos = Fotos
report-step-contact = Contacto
report-step-review = Revisar y enviar
report-place-heading = ¿Dónde es?
report-service-heading = ¿Cuál es el problema?
report-known-heading = ¿Ya lo sabemos?
report-details-heading = ¿Qué debemos saber?
report-photos-heading = ¿Tiene una foto?
report-contact-heading = ¿Podemos comunicarnos con usted?
report-review-heading = Revise su reporte
report-emergency = ¿Hay alguien en peligro en este momento? Llame al 911.
report-place-lead = Dé una dirección o describa el lugar con sus palabras. Una de las dos basta.
report-place-address = Dirección o esquina
report-place-address-hint = Por ejemplo: 12 Elm Street, o Elm Street y Oak Avenue.
report-place-words = Describa el lugar
report-place-words-hint = Por ejemplo: detrás de la escuela, junto al portón azul.
report-place-zip = Código postal
report-place-missing = Díganos dónde es: escriba una dirección o describa el lugar.
report-place-bad-point = La posición no puede ser correcta. Escriba una dirección.
report-place-outside = Este lugar está fuera de nuestra área y no podemos ayudar allí. Revise la dirección o pregunte a la ciudad a la que pertenece.
report-service-search = Busque con sus propias palabras
report-service-search-hint = Una palabra o una frase entera, en español o en inglés.
report-service-found = { $count ->
    [0] Ningún servicio coincide con estas palabras. Aquí están todos.
    [one] Coincide un servicio.
   *[other] Coinciden { $count } servicios.
}
report-service-label = Elija lo que mejor describa el problema
report-service-missing = Elija cuál es el problema.
report-known-lead = Estos reportes del mismo tipo están abiertos cerca de allí. Si el suyo es uno de ellos, sígalo: usted se entera de lo que pase y el equipo recibe una sola tarea en vez de dos.
report-known-distance = a unos { $metres } metros
report-known-follow = Seguir el reporte { $number }
report-known-different = El mío es otro: continuar
report-details-service = Está reportando: { $service }
report-details-more = Sus respuestas llevan a algunas preguntas más.
report-details-description = Describa el problema
report-details-description-hint = ¿Qué ve? ¿Desde cuándo está así? No escriba nombres ni teléfonos: este texto puede publicarse.
report-details-missing = Describa el problema en pocas palabras.
report-photos-label = Fotos
report-photos-hint = Hasta 5 fotos JPEG, PNG o WebP, de 10 megabytes cada una.
report-photos-privacy = Quitamos los datos ocultos que dicen dónde y cuándo se tomó una foto. Evite mostrar caras o placas de autos.
report-photos-kept = { $count ->
    [one] Ha llegado una foto.
   *[other] Han llegado { $count } fotos.
}
report-photos-count = { $count ->
    [0] Sin fotos
    [one] Una foto
   *[other] { $count } fotos
}
report-photos-one = Foto { $number }
report-photos-remove = Quitar fotos
report-photos-missing = Agregue al menos una foto. Sin ella no se puede planear el trabajo.
report-contact-lead = Usted decide. No publicamos su nombre ni sus datos de contacto.
report-contact-wanted = ¿Cómo quiere que le informemos?
report-contact-email = Por correo electrónico
report-contact-sms = Por mensaje de texto
report-contact-no = No, prefiero no dar mis datos
report-contact-no-hint = Recibirá un enlace privado que muestra lo que pasa.
sends-no-email = Este sitio todavía no envía correos. El personal puede escribirle, y su enlace privado muestra lo que pasa.
sends-no-sms = Este sitio todavía no envía mensajes de texto. El personal puede llamarle, y su enlace privado muestra lo que pasa.
report-contact-choose = Elija si quiere que le mantengamos al tanto.
report-contact-no-email = Escriba su correo electrónico o elija otra forma.
report-contact-no-phone = Escriba su número de teléfono o elija otra forma.
report-contact-language = ¿En qué idioma le escribimos?
report-public-full = Cualquier persona podrá leer su descripción y ver el lugar, las fotos y lo que se haga.
report-public-summary = Cualquier persona podrá ver que hay un reporte de este tipo, más o menos dónde y qué se hace; no sus palabras ni sus fotos.
report-public-hidden = Nada de este reporte se publica. Solo usted y nuestro personal pueden verlo.
contact-name = Su nombre
contact-email = Correo electrónico
contact-email-hint = Lo usamos solo para este reporte.
contact-phone = Teléfono
report-review-lead = ¿Está todo bien? Todavía puede cambiar cada parte.
report-change-place = Cambiar el lugar
report-change-service = Cambiar el problema
report-change-details = Cambiar los detalles
report-change-photos = Cambiar las fotos
report-change-contact = Cambiar el contacto
report-change-review = Revisar de nuevo
button-send-report = Enviar el reporte

## Un reporte sin conexión

offline-title = Reportar en una sola página
offline-lead = Esta página también se abre donde no hay conexión. Aquí está todo, y se puede enviar después.
offline-link = ¿Tiene mala conexión? Escriba todo el reporte en una sola página
offline-online = Hay conexión.
offline-offline = Ahora no hay conexión. Marque la casilla de abajo y el reporte se enviará cuando la haya.
offline-keep = Guardar mi reporte en este dispositivo y enviarlo por sí solo cuando haya conexión
offline-keep-hint = Se envía en cuanto esta página u otra de las nuestras esté abierta con conexión. Hasta entonces, quien use este dispositivo puede leerlo. Se borra a los seis días o cuando usted quite la marca.
offline-kept = Lo que escribe se guarda en este dispositivo.
offline-not-kept = Se borró de este dispositivo.
offline-list-heading = Reportes en este dispositivo
offline-waiting = Su reporte espera en este dispositivo hasta que haya conexión.
offline-sent = Su reporte se envió. Su número es %n.
offline-unfinished = Su reporte llegó, pero falta algo para poder tramitarlo.
offline-refused = No pudimos aceptar su reporte. Escríbalo de nuevo o llámenos.
offline-open = Ver qué pasa con él
offline-look = Verlo
offline-go-on = Seguir con él
offline-send-now = Enviar ahora
offline-delete = Borrarlo de este dispositivo
offline-here = Se agregó su ubicación, con unos %m metros de margen.

## No nos corresponde, o es demasiado urgente

stopper-emergency-heading = Llame ahora al { $number }
stopper-emergency-text = Esto puede ser peligroso. No espere una respuesta en este sitio.
stopper-call = Llamar al { $number }
stopper-not-ours-heading = De esto se encarga otra entidad
stopper-not-ours-whom = Pregunte a: { $whom }
stopper-visit = Ir a { $whom }
stopper-back = Volver: es otra cosa

## El comprobante

receipt-title = Gracias. Recibimos su reporte.
receipt-number-label = Su número de reporte:
receipt-number-text = Puede decirlo cuando nos llame.
receipt-link-heading = Su enlace privado
receipt-link-text = Con este enlace puede ver lo que pasa, agregar información y avisarnos si el problema no se resolvió. Quien tenga el enlace puede hacerlo, así que no lo comparta.
receipt-code = Código para la cámara del teléfono: abre su enlace privado.
receipt-next-heading = Qué pasa ahora
receipt-next-1 = { $department } revisa su reporte y lo entrega al equipo correcto.
receipt-next-2 = El equipo hace el trabajo, o le dice por qué no se puede.
receipt-next-3 = Recibirá una respuesta en palabras claras. Si no se resolvió, puede decirlo.
receipt-print = Puede imprimir esta página.
receipt-status-link = Ver el estado de su reporte

## Un reporte y su historia

request-title = { $number }: { $service }
request-number = Reporte { $number }
request-report-same = Reportar un problema del mismo tipo
request-back-to-list = Volver a la lista
place-near = Cerca de { $point } (no se muestra el lugar exacto)
place-not-shown = No se muestra el lugar exacto.
fact-service = Servicio
fact-place = Lugar
fact-received = Recibido
fact-first-response = Primera respuesta antes del
fact-promised = Prometido para el
fact-due = Vence
fact-typical = Normalmente
fact-scheduled = Programado para el
fact-department = Departamento
fact-team = Equipo
fact-channel = Llegó por
fact-level = El público ve
fact-outcome = Resultado
promise-passed = Esta fecha ya pasó.
due-passed = Vencido
typical = Cuatro de cada cinco se hicieron en { $days ->
    [one] un día
   *[other] { $days } días
} ({ $count } reportes recientes de este tipo).
typical-unknown = Hay muy pocos reportes de este tipo para decirlo.
heading-description = Descripción
heading-answer = Nuestra respuesta
heading-photos = Fotos
heading-history = Qué ha pasado
heading-your-report = Su reporte
heading-facts = Resumen
heading-actions = Acciones
heading-contact = Quién reportó
description-none = Sin descripción
status-received = Recibido
status-triaged = Revisado
status-assigned = Entregado a un equipo
status-accepted = Aceptado por el equipo
status-refused = De vuelta para decidir de nuevo
status-scheduled = Programado
status-in-progress = El trabajo empezó
status-waiting = En espera
status-work-ordered = Trabajo encargado
status-closed = Cerrado
outcome-done = Hecho
outcome-no-action-needed = No hacía falta hacer nada
outcome-not-ours = No nos corresponde
outcome-duplicate = Ya estaba reportado
outcome-could-not = No se pudo hacer
outcome-withdrawn = Retirado
author-resident = Residente
author-staff = Personal
author-partner = Entidad asociada
author-system = Automático
happening-received = Recibimos el reporte.
happening-triaged = Revisamos de qué se trata.
happening-assigned = Se entregó a un equipo: { $team }
happening-accepted = El equipo lo aceptó.
happening-refused = El equipo lo devolvió. Sugiere: { $team }
happening-scheduled = El trabajo está programado para el { $date }.
happening-started = El trabajo empezó.
happening-paused = Está en espera.
happening-paused-until = Está en espera hasta el { $date }.
happening-resumed = Sigue adelante.
happening-work-ordered = Se encargó el trabajo.
happening-closed = Se cerró: { $outcome }
happening-reopened = Se abrió de nuevo.
happening-note = El personal escribió un mensaje.
happening-internal-note = Nota interna
happening-information = Se agregó más información.
happening-files = { $count ->
    [one] Se agregó una foto.
   *[other] Se agregaron { $count } fotos.
}
happening-service-changed = Ahora trata de otro servicio: { $service }
happening-hidden = Se ocultó al público.
happening-shown = Ya no está oculto al público.

## La página privada de estado

track-waiting = Estamos esperando: { $reason }
track-not-fixed-heading = ¿No se resolvió?
track-not-fixed-text = Cerrado debería significar resuelto. Díganos qué sigue mal y abriremos el reporte de nuevo.
track-not-fixed-label = ¿Qué sigue mal?
track-not-fixed-button = Esto no está resuelto
survey-heading = ¿Está arreglado?
survey-text = Le preguntamos una sola vez. Su respuesta nos ayuda; a nadie se le muestra con su nombre.
survey-fixed = ¿Desapareció el problema?
survey-fixed-yes = Sí
survey-fixed-no = No
survey-satisfaction = ¿Qué tan satisfecho quedó con nuestra atención?
survey-satisfaction-5 = Muy satisfecho
survey-satisfaction-4 = Satisfecho
survey-satisfaction-3 = Ni una cosa ni la otra
survey-satisfaction-2 = Poco satisfecho
survey-satisfaction-1 = Nada satisfecho
survey-button = Enviar la respuesta
survey-missing = Diga si el problema desapareció.
survey-thanks-fixed = Gracias. Nos dijo que está arreglado.
survey-thanks-not-fixed = Gracias. Nos dijo que no está arreglado. Cuéntenos abajo qué falta y lo abrimos de nuevo.
survey-others = { $fixed } de { $answers } personas que respondieron dicen que se arregló.
fact-others = Otros dicen
photos-before = Antes
photos-after = Después
track-information-heading = Agregar información
track-information-label = ¿Qué más debemos saber?
track-photos-label = Más fotos
track-information-button = Enviar
track-information-missing = Escriba algo o elija una foto.
track-withdraw-heading = ¿Ya no hace falta?
track-withdraw-text = Si el problema ya no existe, puede retirar su reporte.
track-withdraw-button = Retirar mi reporte
track-withdrawn-note = La persona que reportó esto retiró el reporte.
track-private = Solo usted y nuestro personal pueden ver este reporte.
track-keep-link = Guarde la dirección de esta página. Es la única manera de volver a ella.

## Todo lo que alguien reportó

my-requests-title = Sus reportes
my-requests-lead = Vea todo lo que reportó con su correo electrónico o número de teléfono. Le enviamos un enlace; no necesita contraseña.
my-requests-reach = Su correo electrónico o número de teléfono
my-requests-reach-hint = El que dio al hacer el reporte.
my-requests-button = Enviarme un enlace
my-requests-unreadable = Escriba un correo electrónico como nombre@ejemplo.com o un número de teléfono como 617-555-0123.
my-requests-no-sender = Este sitio todavía no envía mensajes, así que ningún enlace puede llegarle. Use el enlace privado de su comprobante o llámenos con el número de su reporte.
my-requests-no-email = Este sitio todavía no envía correos. Dé un número de teléfono.
my-requests-no-sms = Este sitio todavía no envía mensajes de texto. Dé un correo electrónico.
my-requests-asked-title = Busque nuestro mensaje
my-requests-asked-text = Si se reportó algo con este correo o número, le llega un enlace. Funciona una sola vez, durante 15 minutos.
my-requests-open-title = Abrir sus reportes
my-requests-open-lead = Este enlace funciona una sola vez. Después, su sesión sigue abierta 30 días en este navegador.
my-requests-open-button = Abrir mis reportes
my-requests-of = Reportado con { $reach }, lo más nuevo primero.
my-requests-none = No se reportó nada con este correo o número.
my-requests-private = Para agregar algo a un reporte o decir que no está arreglado, use su enlace privado. Al cerrar la sesión, se cierra en todos sus navegadores.
my-requests-link = Todo lo que usted reportó

## Seguir un reporte

follow-heading = Seguir este reporte
follow-text = Le enviamos un correo cuando pase algo. Su dirección no se muestra a nadie.
follow-no-sender = Este sitio todavía no envía correos. Le avisaremos desde el día en que los envíe; hasta entonces, vea esta página.
follow-button = Seguir
follow-back = Volver al reporte
following-title = Usted sigue este reporte
following-text = Guarde este enlace privado. Con él puede dejar de seguirlo:
following-already = Esta dirección ya sigue el reporte.
unfollow-heading = ¿Dejar de seguirlo?
unfollow-text = No recibirá más correos sobre este reporte.
unfollow-button = Dejar de seguir
unfollowed-title = Ya no sigue este reporte

## La lista pública y los distritos

list-title = Lo que se ha reportado
list-district = Reportes en { $district } cuyo lugar exacto es público.
list-everywhere = Mostrar todos
list-received = Recibido el { $date }
list-promised = prometido para el { $date }
list-none-on-page = Nada en esta página coincide. Siga a la página siguiente.
list-feed = Canal de esta vista (Atom)
list-data = Esta vista como datos (GeoJSON)
filter-label = Filtrar la lista
filter-status = Estado
filter-status-all = Todos
filter-status-open = Abiertos
filter-status-late = Pasó la fecha prometida
filter-status-closed = Cerrados
filter-service = Servicio
filter-service-all = Todos los servicios
filter-district = Distrito
filter-district-all = En todas partes
filter-team = Equipo
filter-team-all = Todos los equipos
filter-from = Recibido desde
filter-until = Recibido hasta
filter-words = Palabras o número

## Cuando algo no se puede hacer

refusal-home = Ir a la página de inicio
refusal-field = Lo que no se pudo leer: { $field }
refusal-correlation = Si nos escribe sobre esto, indique este número: { $id }
refusal-not-found-title = Esta página no existe
refusal-not-found-advice = Quizá la dirección está mal escrita, o lo que nombraba ya no existe o no es público. Si usó un enlace privado, revise que esté completo.
refusal-link-spent-title = Este enlace no funciona
refusal-link-spent-advice = Ya se usó, venció o se reemplazó por otro más reciente. Pida otro a quien se lo dio.
refusal-method-not-allowed-title = Esto no se puede hacer aquí
refusal-method-not-allowed-advice = La dirección existe, pero no para lo que se pidió. Vuelva e inténtelo de nuevo desde la página.
refusal-sign-in-needed-title = Inicie sesión
refusal-sign-in-needed-advice = Esta página es para el personal. Inicie sesión para verla.
refusal-fresh-sign-in-needed-title = Inicie sesión de nuevo
refusal-fresh-sign-in-needed-advice = Este cambio es importante y requiere haber iniciado sesión en los últimos diez minutos.
refusal-second-factor-needed-title = Configure primero el segundo paso
refusal-second-factor-needed-advice = Su función necesita un segundo paso al iniciar sesión. Configúrelo y vuelva a intentarlo.
refusal-not-allowed-title = Esto no le corresponde
refusal-not-allowed-advice = Su función no incluye esto. Si lo necesita, hable con un administrador.
refusal-forged-title = No pudimos comprobar de dónde viene esto
refusal-forged-advice = No se cambió nada. Vuelva, cargue la página otra vez y envíelo de nuevo.
refusal-unreadable-title = Esto no se pudo leer
refusal-unreadable-advice = No se cambió nada. Vuelva, revise lo que envió e inténtelo de nuevo.
refusal-too-large-title = Es demasiado de una vez
refusal-too-large-advice = No se cambió nada. Vuelva y envíe menos fotos o fotos más pequeñas.
refusal-too-slow-title = Tardó demasiado
refusal-too-slow-advice = Quizá la conexión es lenta. Vuelva e inténtelo de nuevo, tal vez sin fotos.
refusal-changed-title = Alguien se adelantó
refusal-changed-advice = Esto cambió mientras usted trabajaba en ello. No se guardó nada de lo suyo. Vuelva, cargue la página otra vez y vea si su cambio todavía hace falta.
refusal-not-now-title = Ahora no es posible
refusal-not-now-advice = Algo cambió desde que se cargó la página. Vuelva y cárguela otra vez.
refusal-too-many-title = Demasiados intentos
refusal-too-many-advice = Espere un poco e inténtelo de nuevo.
refusal-no-room-title = No hay espacio en el disco
refusal-no-room-advice = Al servicio le queda muy poco espacio para esto. Se siguen recibiendo reportes de residentes. Quien lo administra debe liberar espacio.
refusal-too-much-title = Esto tarda demasiado en encontrarse
refusal-too-much-advice = Hay demasiado que revisar. Acote la búsqueda, por ejemplo por servicio, estado o fechas, e inténtelo de nuevo.
refusal-unavailable-title = Estamos muy ocupados
refusal-unavailable-advice = No se perdió nada de lo que se le confirmó. Inténtelo de nuevo en unos segundos.
refusal-broken-title = Algo salió mal de nuestro lado
refusal-broken-advice = Lo sentimos. Ya quedó anotado. Inténtelo más tarde.

## Iniciar sesión

sign-in-title = Acceso del personal
sign-in-lead = Para quienes trabajan aquí. Para reportar un problema no hace falta iniciar sesión.
sign-in-again = Inicie sesión de nuevo. Lo que va a hacer requiere una sesión reciente.
sign-in-password-set = Su contraseña quedó guardada. Inicie sesión con ella.
sign-in-email = Correo electrónico
sign-in-password = Contraseña
sign-in-button = Iniciar sesión
sign-in-refused = El correo electrónico o la contraseña no es correcto.
sign-in-kept-heading = Qué bueno que volvió
sign-in-kept-text = Lo que había escrito sigue aquí. Todavía no se ha enviado nada.
sign-in-send-again = Enviarlo ahora
sign-in-passkey-lead = Use su llave de acceso o escriba un código.
sign-in-passkey-button = Usar una llave de acceso
sign-in-passkey-refused = La llave de acceso no fue aceptada. Inténtelo de nuevo o escriba un código.
sign-in-or-code = O con un código
sign-in-code-title = Un paso más
sign-in-code-lead = Escriba los seis dígitos que muestra ahora su aplicación de autenticación. Si la perdió, escriba uno de sus códigos de recuperación.
sign-in-code = Código
sign-in-code-refused = Este código no es correcto o ya se usó. Espere a que la aplicación muestre el siguiente.

password-link-invitation-title = Le damos la bienvenida: elija su contraseña
password-link-reset-title = Elija una contraseña nueva
password-link-lead = Iniciará sesión con { $email } y esta contraseña.
password-link-password = Contraseña nueva
password-link-hint = Al menos 15 caracteres. Varias palabras sin relación funcionan bien. Se permiten espacios.
password-link-again = La misma contraseña otra vez
password-link-differs = Las dos contraseñas no son iguales. Escríbalas de nuevo.
password-link-button = Guardar la contraseña

second-factor-title = Segundo paso al iniciar sesión
second-factor-owed = Su función ve datos de contacto o cambia la configuración, y el plazo para aplazar esto terminó. Configúrelo para continuar.
second-factor-why = Una contraseña se puede adivinar o robar. Si además hace falta una llave de acceso o un código de una aplicación en su teléfono, una contraseña robada no abre nada.
second-factor-since = En uso desde el { $date }.
second-factor-codes-left = { $count ->
    [one] Queda un código de recuperación.
   *[other] Quedan { $count } códigos de recuperación.
  }
second-factor-app-heading = Aplicación de autenticación
second-factor-app-used = En uso.
second-factor-app-unused = Una aplicación en su teléfono muestra códigos que cambian con la hora.
passkeys-heading = Llaves de acceso
passkeys-text = Una llave de acceso en su teléfono, computadora o llave de seguridad le permite entrar con un toque y funciona solo en este sitio, así que nadie se la puede sacar con engaños.
passkey-added = Agregada el { $date }
passkey-used = usada por última vez el { $date }
passkey-offer-button = Agregar una llave de acceso
passkey-remove-button = Quitar esta llave de acceso
passkey-new-title = Agregar una llave de acceso
passkey-new-lead = Póngale un nombre con el que la reconozca y siga las indicaciones del navegador: toque la llave de seguridad, o confirme en su teléfono o computadora.
passkey-name = Nombre de la llave de acceso
passkey-name-hint = Por ejemplo: llavero, computadora de la oficina
passkey-name-missing = Escriba un nombre de 100 caracteres como máximo.
passkey-make-button = Crear la llave de acceso
passkey-bad = No se pudo agregar la llave de acceso. Quizá ya la tiene agregada o tardó demasiado. Inténtelo de nuevo.
passkey-failed = No funcionó. Inténtelo de nuevo o use otra forma.
passkey-needs-script = Esto necesita un navegador que ejecute scripts.
second-factor-offer-button = Configurar una aplicación
second-factor-replace-button = Usar otra aplicación
second-factor-renew-button = Crear nuevos códigos de recuperación
second-factor-key-title = Configure su aplicación
second-factor-step-app = Abra una aplicación de autenticación en su teléfono. Sirve cualquiera que genere códigos que cambian con la hora.
second-factor-step-camera = Escanee este código con la cámara desde la aplicación.
second-factor-code-picture = Un código con la dirección de su cuenta, para la cámara de su teléfono
second-factor-step-link = O abra este enlace en su teléfono,
second-factor-step-type = o agregue una cuenta a mano y escriba esta clave:
second-factor-step-code = Escriba los seis dígitos que muestra la aplicación.
second-factor-first-code = Código de la aplicación
second-factor-confirm-button = Usar esta aplicación desde ahora
second-factor-code-wrong = Este código no es correcto. Compruebe que el reloj de su teléfono esté bien y espere el siguiente código.
recovery-codes-title = Sus códigos de recuperación
recovery-codes-text = Imprímalos o anótelos y guárdelos lejos de su teléfono. Cada uno abre su cuenta una vez si pierde la aplicación. No se vuelven a mostrar.
recovery-codes-done = Ya los guardé

## La mesa de trabajo

desk-title = Lista de trabajo
desk-new = Solicitud nueva
desk-back = Volver a la lista de trabajo
desk-nothing = No hay nada que hacer aquí.
desk-caption = Solicitudes, primero las más urgentes
desk-counts-label = Trabajo abierto
desk-count-open = Abiertas: { $count }
desk-count-late = Vencidas: { $count }
desk-count-status = { $status }: { $count }
column-number = Número
column-status = Estado
column-group = Grupo
desk-new-channel = ¿Cómo le llegó?
desk-new-description = ¿Qué dice la persona?
desk-new-button = Guardar la solicitud
desk-contact-hint = Mirar estos datos queda anotado en el registro de auditoría.
desk-contact-button = Mostrar quién reportó
desk-contact-none = La persona que reportó no dejó datos de contacto.
confidential = oculta por el personal
team-none = Ningún equipo
channel-web = Sitio web
channel-app = Aplicación
channel-phone = Teléfono
channel-email = Correo electrónico
channel-sms = Mensaje de texto
channel-chat = Chat
channel-social = Redes sociales
channel-letter = Carta
channel-walk-in = Ventanilla
channel-staff = Personal
channel-integration = Otro sistema
level-hidden = Nada
level-hidden-about = El público ni siquiera ve que existe una solicitud.
level-summary = Resumen
level-summary-about = Servicio, estado y lugar aproximado, pero sin textos ni fotos.
level-full = Todo menos la persona
level-full-about = También la descripción, el lugar exacto y las fotos.
action-triage = Revisar
action-triage-button = Marcar como revisada
action-service = Cambiar el servicio
action-service-button = Cambiar el servicio
action-assign = Entregar a un equipo
action-assign-button = Entregar
action-accept = Aceptar
action-accept-button = Aceptar por el equipo
action-refuse = Rechazar
action-refuse-button = Devolver
action-schedule = Programar
action-schedule-button = Programar el trabajo
action-start = Empezar
action-start-button = El trabajo empezó
action-pause = Esperar
action-pause-button = Detener el reloj
action-resume = Seguir
action-resume-button = Reanudar el reloj
action-order-work = Encargar el trabajo a otros
action-order-work-button = Anotar la orden de trabajo
action-close = Cerrar
action-close-button = Cerrar la solicitud
action-close-note-hint = Diga a quien reportó qué se hizo o por qué no. Esta nota se publica con la solicitud.
action-close-original-hint = Solo para duplicados: el número de la solicitud que llegó primero.
action-reopen = Abrir de nuevo
action-reopen-button = Abrir de nuevo
action-public-note = Escribir un mensaje público
action-public-note-button = Publicar el mensaje
action-internal-note = Escribir una nota interna
action-internal-note-button = Guardar la nota
action-photos = Agregar fotos
action-photos-button = Agregar las fotos
action-hide = Ocultar al público
action-hide-button = Ocultar la solicitud
action-show = Dejar de ocultar
action-show-button = Dejar de ocultar la solicitud
action-field-service = Servicio
action-field-team = Equipo
action-field-reason = Motivo
action-field-at = Día y hora
action-field-until = Hasta
action-field-reference = Número de la orden de trabajo
action-field-system = Nombre del otro sistema
action-field-outcome = Resultado
action-field-note = Nota
action-field-original = Número de la primera solicitud
action-field-photos = Fotos

## Configuración

admin-title = Configuración
admin-people = Personas
admin-people-text = Quién inicia sesión y qué puede hacer.
admin-keys = Claves de API
admin-keys-text = Claves para otros sistemas.
admin-services = Servicios
admin-services-text = { $count ->
    [one] Un servicio
   *[other] { $count } servicios
}: nombres, departamentos, lo que ve el público.
admin-targets = Plazos
admin-targets-text = Lo que se promete a los residentes, y desde cuándo.
admin-jobs = Tareas
admin-jobs-text = { $count ->
    [0] Ninguna tarea ha fallado definitivamente.
    [one] Una tarea ha fallado definitivamente.
   *[other] { $count } tareas han fallado definitivamente.
}
admin-audit = Registro de auditoría
admin-audit-text = Quién hizo qué, y si el registro está completo.
people-caption = Personas que pueden iniciar sesión
person-name = Nombre
person-email = Correo electrónico
person-roles = Funciones
person-last-seen = Última sesión
person-state = Estado
person-active = Activo
person-disabled = Sin acceso
person-disabled-since = Sin acceso desde el { $date }
person-add-heading = Invitar a una persona
person-add-button = Crear la invitación
person-add-text = La persona elige su propia contraseña con un enlace que usted le entrega. El enlace se muestra una sola vez, en la página siguiente.
person-invited = Invitación pendiente
person-invited-since = Invitación creada el { $date }; aún no ha elegido una contraseña
person-link-text = Cree un enlace con el que esta persona elija una contraseña. Los enlaces anteriores dejan de funcionar; la contraseña no cambia hasta que se use el enlace.
person-invite-again-button = Crear otro enlace de invitación
person-reset-link-button = Crear un enlace para cambiar la contraseña
link-invitation-title = Enlace de invitación
link-reset-title = Enlace para cambiar la contraseña
link-for = Para { $name }:
link-ends = Funciona una sola vez, hasta el { $date }.
link-hand-over = Entréguelo usted mismo: este programa todavía no envía correos. No se vuelve a mostrar, y quien lo tenga puede elegir la contraseña.
person-name-missing = Escriba un nombre de 200 caracteres como máximo.
person-roles-missing = Elija al menos una función.
person-roles-button = Guardar las funciones
person-disable-button = Quitar el acceso
person-enable-button = Devolver el acceso
person-email-taken = Alguien ya inicia sesión con esta dirección.
person-last-administrator = Al menos un administrador debe poder iniciar sesión.
person-second-factor-text = Si esta persona perdió la aplicación y los códigos de recuperación, quítele el segundo paso; se cerrarán sus sesiones y configurará uno nuevo.
person-second-factor-button = Quitar el segundo paso
password-too-short = Use al menos { $needed } caracteres.
password-guessable = Es fácil de adivinar. Use varias palabras sin relación.
password-contains-name = No incluya nombres de personas, de la ciudad ni de este programa.
role-agent = Agente
role-agent-about = Atiende a los residentes y recibe solicitudes.
role-supervisor = Supervisor
role-supervisor-about = Dirige a los agentes de un turno.
role-dispatcher = Despachador
role-dispatcher-about = Entrega el trabajo a los equipos y lo sigue hasta el final.
role-crew = Cuadrilla
role-crew-about = Hace el trabajo en la calle. No ve quién reportó.
role-editor = Editor
role-editor-about = Escribe las respuestas de la base de conocimientos.
role-planner = Planificador
role-planner-about = Hace pronósticos, turnos y presupuestos.
role-director = Director
role-director-about = Responde por todo el servicio. Lee, no cambia nada.
role-administrator = Administrador
role-administrator-about = Configura personas, claves, servicios y plazos.
role-auditor = Auditor
role-auditor-about = Lee todo, no cambia nada.
keys-caption = Claves, primero las más nuevas
key-label = Nombre
key-label-hint = Quién la usa y para qué.
key-label-missing = Escriba un nombre de 200 caracteres como máximo.
key-prefix = Empieza con
key-scopes = Puede hacer
key-scopes-missing = Elija al menos una cosa que la clave pueda hacer.
key-used = Último uso
key-state = Estado
key-active = Activa
key-revoked = Anulada
key-expired = Caducada
key-expires = Termina el
key-expires-on = termina el { $date }
key-add-heading = Crear una clave
key-add-button = Crear la clave
key-revoke-button = Anular
key-made-heading = La clave nueva
key-made-text = Cópiela ahora. Solo se muestra esta vez.
scope-open311-create = Enviar solicitudes, como lo hace una aplicación.
scope-open311-update = Intercambiar novedades, como lo hace el sistema de un contratista.
scope-open311-private = Leer solicitudes que no son públicas, sin datos de contacto.
scope-requests-read = Leer solicitudes como las ve el personal, sin datos de contacto.
scope-requests-import = Traer los registros de otro sistema.
scope-requests-export = Sacar solicitudes en bloque, sin datos de contacto.
admin-departments = Departamentos y equipos
admin-departments-text = Quién hace el trabajo.
departments-caption = Departamentos con sus equipos
department-add = Agregar un departamento
department-calendar = Calendario
calendar-of-town = El calendario del municipio
calendar-help = Un calendario dice en qué días y horas se trabaja. Con él se cuentan promesas como «3 días hábiles».
column-teams = Equipos
team-add = Agregar un equipo
name-in = Nombre ({ $language })
team-open-requests = Solicitudes abiertas
holds-heading = Qué depende de esto
holds-nothing = Nada
button-retire = Retirar
button-restore = Volver a usar
department-retire-text = Un departamento retirado ya no se ofrece para los servicios. Sus equipos y servicios siguen igual hasta que usted los cambie.
department-is-retired-text = Este departamento está retirado: ya no se ofrece para los servicios.
team-retire-text = Un equipo retirado no recibe más solicitudes. Si un servicio lo nombra, sus solicitudes nuevas quedan sin equipo y se revisan en la mesa de trabajo. Las solicitudes abiertas siguen con él.
team-is-retired-text = Este equipo está retirado: no recibe más solicitudes.
service-add = Agregar un servicio
service-add-lead = Un servicio nuevo está oculto al público hasta que usted diga otra cosa. Todo lo demás se ajusta en su página.
service-add-button = Agregar el servicio
service-code-hint = Vacío: se forma con el nombre. No se puede cambiar después.
service-code-help = Un nombre corto para los programas. Las aplicaciones que usan Open311 lo envían con cada reporte, y aparece en las direcciones de las páginas.
service-words = Palabras
service-who = Quién lo hace
service-team-hint = Recibe sus solicitudes donde ningún otro equipo esté indicado por distrito.
calendar-of-department = El calendario del departamento
service-seen = El reporte y el público
service-photo = Foto
photo-not-asked = No se pide
photo-welcome = Es bienvenida
photo-required = Es necesaria
service-radius = Es lo mismo a menos de (metros)
service-radius-hint = Vacío: más o menos una cuadra, 150 metros.
service-radius-help = Cuando alguien reporta, primero se le muestran los reportes abiertos de este servicio que están más cerca que esto, para que pueda seguir uno en vez de reportar otra vez.
service-stopper = No se recibe aquí
service-stopper-hint = Cuando estos reportes le tocan a otra entidad, se le dice a la gente a quién preguntar antes de que escriba nada.
service-others = Icono y otros sistemas
service-icon = Icono
icon-none = Ninguno
service-kind = Respuesta a otros sistemas
service-kind-help = Lo que recibe un programa que envía un reporte por Open311: el número enseguida, una clave que después se vuelve número, o ninguna de las dos cosas.
kind-realtime = El número enseguida
kind-batch = Una clave ahora, el número después
kind-blackbox = Ninguna de las dos cosas
stopper-kind = A la gente se le dice
stopper-kind-none = Nada: los reportes se reciben
stopper-kind-emergency = Que llame enseguida: es una emergencia
stopper-kind-not-ours = A quién preguntar: no nos toca a nosotros
stopper-number = Número al que hay que llamar
stopper-whom = A quién preguntar ({ $language })
stopper-url = Su dirección web
stopper-phone = Su número de teléfono
stopper-advice = Qué más decir ({ $language })
questions-heading = Preguntas
questions-lead = Se le hacen, en este orden, a toda persona que reporta esto. Quien ya respondió conserva las palabras con que se le preguntó.
questions-none = Todavía no hay preguntas.
question-is-required = hay que responderla
question-has-condition = solo después de cierta respuesta
question-version = versión { $version }
question-version-text = Ahora se usa la versión { $version }. Si guarda otras palabras u otras respuestas, se crea una versión nueva; las respuestas dadas conservan la suya.
question-add = Agregar una pregunta
question-heading = Pregunta { $code }
question-up = Subir
question-down = Bajar
question-remove = Quitar
question-text = Pregunta ({ $language })
question-hint = Ayuda ({ $language })
question-datatype = Tipo de respuesta
question-required = Hay que responderla
question-values = Respuestas que se pueden elegir
question-values-hint = Una en cada línea, con una barra entre los idiomas: Bike lane | Ciclovía
question-values-help = Solo para los dos tipos de lista. Lo que está antes de «=» es la clave de la respuesta, que nunca cambia; déjela como está. Las líneas nuevas no la necesitan.
question-condition = Preguntar solo después de una de estas respuestas
question-condition-hint = Sin marcar nada, se pregunta siempre. Marque respuestas de una sola pregunta.
condition-any = Cualquier respuesta
datatype-string = Una línea de texto
datatype-text = Varias líneas de texto
datatype-number = Un número
datatype-datetime = Día y hora
datatype-singlevaluelist = Una respuesta de una lista
datatype-multivaluelist = Varias respuestas de una lista
datatype-shown = Sin respuesta: solo para leer
stops-heading = «{ $answer }» detiene el reporte
stops-another = Detener el reporte con una respuesta
stops-answer = Respuesta
stops-no-answer = Ninguna
preview-heading = Así lo ve la gente ({ $language })
preview-button = Ver cómo queda ({ $language })
preview-after = Solo si a «{ $question }» se responde: { $answers }
preview-after-any = Solo si se responde a «{ $question }»
preview-stops = «{ $answer }» termina aquí el reporte y dice a quién preguntar.
preview-photo-needed = Se necesita una foto.
preview-photo-welcome = Se puede agregar una foto.
routing-heading = Equipos por distrito
routing-count = { $count ->
    [0] El mismo equipo en todas partes.
    [one] Un distrito tiene su propio equipo.
   *[other] { $count } distritos tienen su propio equipo.
}
routing-link = Elegir equipos por distrito
routing-title = { $service }: equipos por distrito
routing-back = Volver al servicio
routing-lead = Decide el primer tipo de distrito en el que haya un equipo indicado. En los demás lugares, las solicitudes van al equipo de siempre.
routing-usual = El equipo de siempre
routing-no-districts = Todavía no se conocen distritos. Quien administra el programa puede importarlos; después se podrán elegir equipos aquí.
targets-none-yet = Sin plazo: las solicitudes nuevas no llevan promesa.
targets-link = Fijar un plazo
target-planned = previsto, versión { $version }
target-past = anterior, versión { $version }
services-caption = Todos los servicios
service-code = Código
service-edit-heading = Servicio { $code }
service-name = Nombre ({ $language })
service-description = Descripción ({ $language })
service-group = Grupo ({ $language })
service-keywords = Palabras de búsqueda ({ $language })
service-keywords-hint = Separadas por comas.
service-public = Lo que el público ve de sus solicitudes
service-active = La gente puede reportar esto
service-is-active = Activo
service-is-retired = Retirado
targets-lead = Un plazo da a cada solicitud nueva su promesa. Las promesas ya hechas nunca cambian.
targets-caption = Plazos por servicio
targets-without = Servicios sin plazo
target-none = ninguno
target-first-response = Primera respuesta en
target-resolution = Hecho en
target-hint = Por ejemplo: 3 working days (días hábiles), 4 working hours (horas hábiles), 2 calendar days (días naturales). Vacío si no hay plazo.
target-from = Desde
target-from-hint = Vacío significa desde ahora.
target-in-force = Vigente (versión { $version })
target-set-heading = Fijar un plazo
target-button = Fijar el plazo
admin-calendars = Calendarios
admin-calendars-text = Horarios y días feriados con los que se cuentan las promesas.
calendars-lead = Con ellos se cuentan las promesas en horas y días hábiles. Las promesas ya hechas no se mueven.
calendars-caption = Calendarios
calendar-add = Agregar un calendario
calendar-heading = Calendario { $code }
calendar-is-default = El calendario del municipio
calendar-code = Nombre corto
calendar-code-hint = Letras sin acento, números y guiones, como cuadrillas-calles. No se puede cambiar después.
calendar-week = Horario
calendar-hours-hint = Escriba períodos como 09:00-12:30, 13:30-17:00, separados por comas. Vacío significa cerrado.
calendar-federal = Feriados federales
calendar-federal-help = En los días marcados no se trabaja. Si uno cae en fin de semana, también se cierra el día hábil en que se observa.
calendar-of-states = Feriados de estados y ciudades
calendar-state = También cerrado en
calendar-days = Días propios
calendar-days-hint = Uno por línea: una fecha o una regla anual, « = » y el nombre. Por ejemplo: 12-26 = Segundo día de Navidad
calendar-days-help = Las reglas se escriben en inglés: 2nd monday of october, day after 4th thursday of november, 2 days before easter. Después de otro « = » puede ir un horario: 2026-11-07 = Voto anticipado = 10:00-14:00 abre a esas horas; 12-24 = Nochebuena = only 00:00-12:00 acorta el día.
calendar-zone = Zona horaria
calendar-zone-help = El nombre de la zona cuyos relojes cuentan, como America/New_York o America/Denver.
calendar-default = Usarlo donde no se elija otro calendario
calendar-preview-button = Ver el resultado
calendar-preview = El resultado
calendar-special = Días especiales del próximo año
calendar-closed = Cerrado
calendar-not-understood = Todavía hay algo en el formulario que no se entiende.
holiday-new-year = Año Nuevo
holiday-king = Natalicio de Martin Luther King Jr.
holiday-washington = Natalicio de Washington
holiday-memorial = Día de los Caídos
holiday-juneteenth = Juneteenth
holiday-independence = Día de la Independencia
holiday-labor = Día del Trabajo
holiday-columbus = Día de Colón o de los Pueblos Indígenas
holiday-veterans = Día de los Veteranos
holiday-thanksgiving = Día de Acción de Gracias
holiday-christmas = Navidad
holiday-lincoln = Natalicio de Lincoln (12 de febrero)
holiday-chavez = Día de César Chávez (31 de marzo)
holiday-good-friday = Viernes Santo
holiday-patriots = Día de los Patriotas (tercer lunes de abril)
holiday-confederate = Día de los Caídos Confederados (cuarto lunes de abril)
holiday-pioneer = Día de los Pioneros (24 de julio)
holiday-election = Día de las elecciones
holiday-after-thanksgiving = Día después de Acción de Gracias
holiday-christmas-eve = Nochebuena
holiday-new-years-eve = Fin de Año (31 de diciembre)
ics-heading = Feriados de un archivo
ics-title = Feriados de un archivo para { $code }
ics-file = Archivo de calendario (.ics)
ics-hint = Usted ve qué días cierra antes de que se guarde nada.
ics-help = Los programas de calendario y muchas ciudades ofrecen sus feriados en un archivo cuyo nombre termina en .ics. Cada evento se vuelve un tiempo en que no se abre.
ics-button = Ver el archivo
ics-back = Volver al calendario
ics-missing = Elija un archivo.
ics-too-large = Es demasiado. Un archivo puede tener 200 kB, y un calendario 20 archivos.
ics-unreadable = Este no es un archivo de calendario.
ics-bad-line = La línea { $line } del archivo no se puede usar.
ics-found = En el próximo año, estos días quedarían cerrados o acortados:
ics-none-coming = El archivo se puede leer, pero no cierra nada en el próximo año.
ics-keep-button = Guardar estos feriados
ics-remove = Quitar archivos importados
ics-kept = Archivo importado { $number }
admin-notices = Avisos
admin-notices-text = Lo que se le dice a la gente antes de reportar.
notices-lead = Se muestran en la primera página y mientras alguien reporta.
notices-caption = Avisos
notice-add = Agregar un aviso
notice-heading = Aviso { $code }
notice-words = Aviso
notice-text = Aviso ({ $language })
notice-service = Servicio
notice-from = Desde
notice-until = Hasta
notice-until-hint = Vacío: hasta que alguien lo quite.
notice-no-end = Sin final
notice-shown = Se muestra ahora
notice-coming = Próximo
notice-past = Pasado
notice-remove-button = Quitar el aviso
admin-town = El municipio
admin-town-text = Su nombre, cómo comunicarse, su reloj, sus idiomas y sus direcciones.
town-contact = De qué otra manera comunicarse ({ $language })
town-languages = Idiomas
town-languages-hint = Códigos separados por comas; primero, el que se usa si nadie elige: en, es
town-hosts = Nombres de servidor
town-hosts-hint = Separados por comas. Vacío si al municipio se llega solo por su ruta.
town-hosts-help = Los nombres en las direcciones con que la gente llega a estas páginas, como 311.example.gov. Cada uno es de un solo municipio.
admin-brand = Apariencia
admin-brand-text = Color y logotipo, revisados para que todos puedan leer.
brand-colour = Color
brand-colour-hint = Se escribe con # y seis cifras, como #005ea2. Vacío significa el azul de siempre.
brand-colour-help = Llena la barra de arriba y colorea enlaces y botones. Las palabras necesitan un contraste de 4.5 a 1 con su fondo para que las personas con poca vista puedan leerlas. Donde su color tiene menos, se usa uno más oscuro o más claro, y usted ve cuál.
brand-logo = Logotipo
brand-logo-hint = PNG, JPEG o WebP, de hasta 100 kB. Aparece junto al nombre del municipio.
brand-logo-remove = Quitar el logotipo
brand-logo-too-large = Elija una imagen de { $kilobytes } kB como máximo.
brand-preview = El resultado
brand-preview-none = Sin un color propio, el municipio tiene el azul de siempre.
brand-preview-button = Ver el resultado
brand-sample = Así se ve: { $theme }
brand-as-chosen = Aquí su color se puede leer tal como es.
brand-corrected = Sobre este fondo su color tiene un contraste de { $contrast } a 1, o muy poco sobre un recuadro. Los enlaces y botones usan { $colour } en su lugar.
admin-catalog = El catálogo como archivo
admin-catalog-text = Guardar en un archivo todo lo que la gente puede pedir, o traer un archivo.
catalog-lead = El archivo contiene calendarios, departamentos, equipos, servicios con sus preguntas y plazos, y avisos. Un archivo que se trae agrega y cambia; nunca quita lo que no menciona.
catalog-download = Guardar el catálogo (TOML)
catalog-file = Archivo del catálogo
catalog-file-hint = Usted ve qué cambiaría antes de que se guarde nada.
catalog-look-button = Ver el archivo
catalog-look-title = Lo que cambiaría el archivo
catalog-apply-button = Hacer estos cambios
catalog-changes = { $count ->
    [one] Una entrada sería distinta; { $unchanged } seguirían igual.
   *[other] { $count } entradas serían distintas; { $unchanged } seguirían igual.
}
catalog-no-changes = Este archivo no cambia nada: las { $count } entradas ya son así.
catalog-line = Línea { $line }: { $why }
catalog-added = Se agrega: { $kind } { $code }
catalog-changed = Cambia: { $kind } { $code }
entry-calendar = calendario
entry-default-calendar = calendario del municipio
entry-department = departamento
entry-team = equipo
entry-service = servicio
entry-target = plazo de
entry-notice = aviso
jobs-nav = Tipos de tareas
jobs-dead = Falladas definitivamente: { $count }
jobs-waiting = En espera: { $count }
jobs-none = No hay ninguna.
jobs-caption = Tareas
job-kind = Tipo
job-runs = Prevista
job-attempts = Intentos
job-error = Último error
job-retry-button = Intentar de nuevo
job-discard-button = Abandonar
audit-caption = Anotaciones, primero las más nuevas
audit-at = Cuándo
audit-actor = Quién
audit-action = Qué
audit-object = Sobre
audit-detail = Detalle
audit-from = Desde el día
audit-until = Hasta el día
audit-checked = Última revisión, { $date }: las { $count } entradas concuerdan.
audit-checked-broken = Última revisión, { $date }: el registro estaba dañado.
audit-never-checked = Nadie ha revisado todavía si el registro está completo.
audit-viewing-hint = También queda anotado quién mira aquí.
audit-export = Guardar lo encontrado en un archivo (CSV, hasta 10,000 entradas)
audit-noted = También concuerda con lo anotado fuera de la base de datos: { $date }, { $count } entradas.
audit-not-noted = Aquí no se pudo leer nada anotado fuera de la base de datos. Quien administra el programa puede comparar con «townline verify --checkpoints».
audit-check-link = Comprobar que el registro está completo
audit-state-title = Estado del registro de auditoría
audit-whole = { $count ->
    [one] Se leyó una anotación. El registro está completo.
   *[other] Se leyeron { $count } anotaciones. El registro está completo.
}
audit-broken = El registro está roto. Primera anotación que no encaja: { $place }. Avise a quien se encarga de la seguridad.
audit-heads-caption = Dónde termina el registro ahora. Guarde estos datos en otro lugar para notar cambios.
audit-lane = Carril
audit-entries = Anotaciones
audit-hash = Huella de la última anotación

## La página de estilo

style-title = Guía de estilo
style-lead = Cada pieza de nuestras páginas, en todos sus estados.
style-colours = Colores
style-letters = Letras
style-icons = Iconos
style-buttons = Botones
style-badges = Estado y promesa
style-boxes = Recuadros
style-loading = Cargando…
style-cards = Tarjetas
style-steps = Pasos
style-timeline = Cronología
style-table = Tabla
style-fields = Campos
style-any = Cualquiera de estos
style-wrong = Campos por corregir

# El mapa y la búsqueda de lugares
map-title = Mapa de reportes
map-lead = Vea qué se reportó y dónde. La lista debajo del mapa tiene siempre los mismos reportes.
map-label = Mapa
map-canvas = Mapa de la ciudad. Use las flechas para moverlo, y más y menos para acercar o alejar.
map-keys = Con el teclado: las flechas mueven el mapa, más y menos acercan o alejan. La lista de abajo muestra lo que se ve.
map-zoom-in = Acercar
map-zoom-out = Alejar
map-whole-town = Toda la ciudad
map-borders = Mostrar límites de
map-borders-none = Ninguno
map-by-district = Por distrito
map-list-heading = { $count ->
    [0] No hay reportes aquí
    [one] 1 reporte
   *[other] { $count } reportes
  }
map-nothing-here = Ningún reporte público coincide. Cambie los filtros o aleje el mapa.
map-say-count = %n reportes aquí, %o de ellos abiertos. Acercando.
map-say-open = abierto
district-kind-ward = Distritos electorales
district-kind-neighborhood = Vecindarios
district-kind-police = Distritos policiales
district-kind-zip = Códigos postales
district-kind-works = Distritos de obras públicas
district-kind-precinct = Precintos
district-kind-council = Distritos del concejo
places-title = Buscar un lugar
places-words = Dirección, esquina o lugar
places-hint = Por ejemplo: 12 Elm Street, Elm y Oak, o la biblioteca.
places-find = Buscar
places-found = { $count ->
    [0] No se encontró nada
    [one] 1 lugar encontrado
   *[other] { $count } lugares encontrados
  }
places-none = No conocemos este lugar. Revise cómo está escrito, o descríbalo con sus palabras.
places-in-words = Reportar con una descripción del lugar
report-place-which = ¿Cuál de estos lugares es?
report-place-as-written = Ninguno: usar lo que escribí
place-map-label = Elegir el lugar en un mapa
place-map-canvas = Mapa para elegir un lugar. Use las flechas para mover la cruz, más y menos para acercar o alejar, y Entrar para elegir.
place-map-open = Elegir en el mapa
place-map-here = Usar donde estoy
place-map-choose = Este es el lugar
place-map-keys = Mueva el mapa hasta que la cruz esté en el lugar, o toque el lugar. Con el teclado: flechas, más y menos, y luego Entrar.
place-map-chosen = Elegido: %p
place-map-unnamed = el lugar marcado
place-map-nowhere = Su dispositivo no dijo dónde está. Escriba una dirección.

## La mesa de trabajo: de una solicitud a la siguiente

desk-through-label = Recorrer la lista
desk-previous = Anterior
desk-next = Siguiente
desk-what = Lo que se reportó
desk-map-canvas = Mapa de las calles alrededor de la solicitud
desk-near-heading = Parecidas y cercanas
desk-near-none = No hay otra abierta de este tipo cerca.
desk-conflict-heading = Alguien cambió esta solicitud mientras usted escribía
desk-conflict-text = No se perdió nada de lo suyo ni se sobrescribió lo de la otra persona. Lea lo que pasó y vuelva a enviar su formulario si todavía corresponde.
desk-conflict-typed = Este paso ya no es posible. Lo que usted había escrito:
desk-pick = Elegir la solicitud { $number }
desk-count-today = Vencen hoy o vencidas: { $count }
filter-due = Vencimiento
filter-due-all = Cualquier fecha
filter-due-late = Vencidas
filter-due-today = Hoy o vencidas
filter-due-week = En los próximos 7 días
filter-team-count = { $team } ({ $count })
column-choose = Elegir
views-title = Vistas guardadas
views-manage = Administrar vistas
views-none = Todavía no hay ninguna vista guardada. Filtre la lista de trabajo y guarde lo que ve con un nombre.
view-save-heading = Guardar esta vista
view-save-button = Guardar la vista
view-name = Nombre de la vista
view-name-missing = Póngale un nombre a la vista.
view-too-many = Ya tiene { $max } vistas. Primero quite una.
view-shared = Compartirla con todas las personas de la mesa
view-default = Abrir mi mesa con ella
view-mine = Suya
view-colleagues = Compartida por otra persona
view-is-shared = compartida con toda la mesa
view-is-default = su mesa se abre con ella
view-make-default = Abrir mi mesa con «{ $name }»
view-no-default = Abrir mi mesa con todas las solicitudes abiertas
view-share = Compartir «{ $name }»
view-unshare = Dejar de compartir «{ $name }»
view-remove = Quitar «{ $name }»
bulk-heading = Con las solicitudes elegidas
bulk-count = Elegidas:
bulk-all = Elegir todas las de esta página
bulk-action = Qué hacer
bulk-button = Hacerlo con todas las elegidas
bulk-no-action = Elija qué hacer.
bulk-nothing-picked = Elija al menos una solicitud.
bulk-too-many = Elija { $max } solicitudes como máximo.
bulk-title = Varias a la vez: { $action }
bulk-done = { $count ->
    [0] No se cambió ninguna solicitud.
    [one] Se cambió una solicitud.
   *[other] Se cambiaron { $count } solicitudes.
}
bulk-done-heading = Cambiadas
bulk-refused-heading = Sin cambiar, y por qué
bulk-undo-until = ¿Fue un error? Puede deshacerlo hasta las { $time }. El historial conserva los dos pasos y se avisará de nuevo a quienes ya recibieron un aviso.
bulk-undo-button = Deshacer
bulk-undo-reason = El personal deshizo un paso que se dio por error.
bulk-undone = { $count ->
    [0] No se deshizo nada.
    [one] Se deshizo en una solicitud.
   *[other] Se deshizo en { $count } solicitudes.
}
bulk-kept-heading = Sin deshacer, y por qué
bulk-refused-unknown = Para usted no existe esa solicitud.
bulk-refused-not-allowed = Usted no puede hacer esto con ella.
bulk-refused-changed = Alguien la cambió mientras tanto.
bulk-refused-nobody-assigned = Ningún equipo la tiene, así que nadie puede haberla hecho.
bulk-refused-not-now = Esto no corresponde al estado actual de la solicitud.
bulk-refused-no-team = El equipo ya no recibe solicitudes.
bulk-refused-failed = Se interrumpió. Revise la solicitud.

## La mesa de trabajo: órdenes y teclas

nav-go = Ir a
nav-go-keys = Ctrl K
go-title = Ir a
go-words = Número de una solicitud, o lo que busca
go-request = Solicitud { $number }: { $service }
go-list = Lista de trabajo: todo lo abierto
go-late = Lista de trabajo: vencidas
go-nobodys = Lista de trabajo: sin equipo
go-view = Vista: { $name }
dialog-close = Cerrar
keys-title = Teclas
keys-off = No usar letras sueltas como teclas
key-commands = Ir a una solicitud, una página, una vista o un paso
key-sheet = Mostrar estas teclas
key-search = Buscar
key-next = Solicitud siguiente
key-previous = Solicitud anterior
key-pick = Elegir la solicitud, o dejar de elegirla
key-bulk = Qué hacer con las solicitudes elegidas
key-up = Volver a la lista
key-new = Solicitud nueva
key-send = Enviar el formulario en el que escribe

## La mesa de trabajo: páginas en vivo

live-over = Su sesión terminó, o ya no puede ver esto. Vuelva a cargar la página para continuar.
live-changed = Alguien acaba de cambiar esta solicitud. Lo que ve está al día.
live-here = También aquí:
live-writing = escribiendo

## La mesa de trabajo: una llamada

desk-new-address = Dirección, esquina o lugar conocido
desk-new-words = Dónde exactamente, con las palabras de quien llama
desk-new-name = Nombre de quien llama
desk-new-language = Idioma de quien llama
desk-new-found = Lo que coincide
desk-new-known = Ya hay abiertas cerca. ¿La persona se refiere a una de estas?
desk-new-stopped = Esto no se recibe aquí. Al guardar verá qué decirle a la persona.
read-out-title = La solicitud { $number } está guardada
read-out-heading = Lea esto a la persona
read-out-number = Su solicitud tiene el número { $number }.
read-out-promise = Nos comprometemos a terminarla a más tardar el { $date }.
read-out-no-promise = No puedo prometerle una fecha para este tipo de solicitud.
read-out-end = Puede preguntar por ella con este número cuando quiera.
read-out-next = Siguiente llamada
read-out-open = Abrir la solicitud
