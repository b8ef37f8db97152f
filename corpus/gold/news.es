El puerto reabre con tres metros más de calado y una boya menos

La capitana de puerto pide prudencia; el ferri volverá el lunes

Puerto Claro, 14 de marzo de 2025

El puerto de Puerto Claro reabrió ayer a la navegación tras once semanas de dragado, según informó la Autoridad Portuaria.
A las 6.40 h entró el primer pesquero, al que siguieron, en fila y haciendo sonar las sirenas, otros 27 barcos que llevaban desde Navidad amarrados en la ría vecina.
El acto fue breve.
No hubo discursos ni banda de música.
Los bares del muelle abrieron antes del amanecer.
A las nueve no quedaba ni un churro.

«Hoy no inauguramos nada; hoy volvemos al trabajo», dijo la capitana de puerto a los pescadores reunidos en el muelle n.º 5.
«Sra. capitana, ¿y la boya?», gritó alguien desde el fondo.
Hubo risas.

Las dos dragas extrajeron cada día 1.250 metros cúbicos de lodo y arena, que se han depositado frente a la playa de Levante.
La profundidad del canal ha pasado de 6,5 a 9,5 metros.
Con ese calado podrán entrar cargueros de hasta 8.000 toneladas, que hasta ahora descargaban en Santander y enviaban la mercancía por carretera, con un recargo del 12 %.
La cooperativa venderá una parte del lodo, una vez limpio y seco, a los viveros de la comarca, que lo usan como abono y pagan hasta 32 euros por metro cúbico.

La obra ha costado 18,4 millones de euros.
El Estado ha pagado tres cuartas partes.
Forma parte de un plan nacional de puertos pequeños dotado con más de mil millones de euros hasta 2030.
El ingeniero jefe, que trabajó antes en EE. UU. y en los Países Bajos, calcula que el canal no necesitará otro dragado en al menos quince años.
El anterior se hizo en 1998.
El plan contempla una segunda fase, todavía sin fecha, en la que se alargará el dique 150 metros y se construirá una lonja nueva, aunque los ecologistas no están convencidos.

De las 340 embarcaciones censadas, el 18 % había pedido ya el traslado definitivo a otros puertos.
«Ahora no se irá ninguna», asegura el presidente de la cofradía.
«Mi padre pescó aquí.
Yo pescaré aquí», añade.

El ferri de las islas volverá a zarpar el lunes 17 a las 7.15 h y a las 19.30 h.
El billete de ida y vuelta costará 13,90 euros, 1,10 más que el año pasado.
Los horarios completos pueden consultarse en https://www.example.org/puerto/horarios.
La naviera no descarta, p. ej., añadir una tercera salida en julio y agosto.
La asociación de comerciantes prevé un 5 % más de visitas esta primavera.
Su presidenta recuerda, sin embargo, que todo depende de que el ferri cumpla el horario, cosa que el año pasado no siempre ocurrió.
El Ayuntamiento ha invertido además 96.300 euros en el alumbrado del paseo.
Las 114 farolas nuevas son de bajo consumo.
El aparcamiento de la avenida del Dr. Fleming permanecerá cerrado hasta el 31 de marzo.

Solo una sombra empañó la jornada: la desaparición de la boya de campana que señalaba la bocana.
La policía local investiga el presunto robo, ocurrido al parecer en la madrugada del miércoles, y ha pedido a los vecinos que avisen si ven la boya, que mide 2,8 metros, es amarilla y pesa casi una tonelada.
«¿Quién se lleva una cosa así?», se preguntaba ayer una vecina del barrio de pescadores.
Según la capitana, no hay ningún detenido y tampoco se sabe si la boya fue robada o si, sencillamente, se la llevó la corriente.
En las redes, la etiqueta #VuelveBoya sumaba anoche más de 4.600 mensajes, casi todos en broma.
Por si acaso, el faro ha reforzado su luz.

—¿Y usted dónde estaba el miércoles? —preguntó una niña al práctico del puerto.

—Durmiendo —contestó él—.
Las boyas no suelen pedir permiso…

—Pues mi abuela la oyó sonar a las tres —insistió la niña—.
¡Y mi abuela no miente!

La capitana pide paciencia, porque durante el primer mes la velocidad máxima en el canal será de 4 nudos y los veleros deberán ceder siempre el paso, también de noche.
Y, si alguien oye una campana donde no debería haberla, que llame.
