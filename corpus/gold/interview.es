«Con un megáfono no se puede susurrar»

La intérprete del pueblo repasa veinte años de asambleas, bodas y mercados a dos voces

Entrevista publicada el 3 de junio de 2025 a las 8.00 h

Llega con diez minutos de adelanto, una libreta cuadriculada y un megáfono prestado.
No trae diccionario.
Dice que ya no lo necesita.
Nos recibe en el bar del mercado, puesto n.º 5, donde el café todavía cuesta 1,20 euros.

—¿Cómo se llega a ser intérprete de un pueblo de 9.400 habitantes?

—Por casualidad.
Yo vendía fruta.
Un día llegó un autobús con 52 jubilados de Escocia que querían saber el precio de las cerezas y, como yo había estudiado un poco de inglés en el instituto, me empujaron hacia ellos.
No entendí ni la mitad, pero vendimos 80 kilos.
Los escoceses, por cierto, volvieron al año siguiente.

—¿Y después?

—Después vinieron la escuela de idiomas, tres años de clases nocturnas y, en 2005, mi primera asamblea de vecinos.
Había 130 personas en el salón y un solo micrófono, que no funcionaba.
¡Imagínese!
Así que alguien me puso un megáfono en las manos.

—¿Qué cambia cuando se interpreta con megáfono?

—Todo.
Con un megáfono no se puede susurrar, no se puede dudar y no se puede volver atrás, de modo que hay que decidir muy deprisa qué frase vale la pena y cuál no.
Las frases se acortan.
Los adjetivos se caen solos.

—¿Se pierde algo por el camino?

—Siempre.
Yo calculo que un 10 %, pero no es un dato científico: es mi mala conciencia.
Otros colegas dicen que más.
Lo importante es que no se pierda lo que compromete, p. ej., una cifra, un plazo, un «quizá» o un «no», porque si cambio un «quizá» por un «sí», mañana hay cuarenta personas esperando a la puerta del Ayuntamiento.

—¿Le ha pasado?

—Una vez.
El Sr. concejal de Fiestas dijo que «se estudiaría» bajar el alquiler de las casetas y yo, con el ruido, traduje que se bajaría, así que al día siguiente había cola desde las siete de la mañana.
Pedí perdón por escrito, en los dos idiomas.
La rectificación sigue colgada en https://www.example.org/asamblea/rectificacion, por si alguien quiere reírse.

—Se cuenta que usted detuvo una pelea con una sola frase.
¿Es verdad?

—Presunta pelea, si no le importa.
Eran dos vecinos discutiendo por una plaza de aparcamiento en la calle del Dr. Fleming, y ninguno hablaba el idioma del otro.
Uno gritaba: «¡Esto no va a quedar así!».
El otro, que es de EE. UU. y muy educado, me preguntó qué le pasaba a aquel señor.
Y yo traduje: «Dice que esto tiene arreglo».
No estoy orgullosa… o sí, un poco.

—¿Y eso no es mentir?

—En un tribunal perdería el trabajo por mucho menos, y con razón.
Pero aquello era una esquina, llovía y los dos querían irse a comer.

—Hablemos de las máquinas: se dice que los traductores automáticos procesan más de mil millones de frases al día.

—Será verdad.
Yo los uso para las cartas del banco, y para eso van de maravilla, pero el otro día uno convirtió el «gato» de mi coche en un animal doméstico y el mecánico todavía se está riendo.
Lo que no saben es cuándo callarse.

—¿Cuánto se cobra por una asamblea?

—Entre 85 y 120 euros, según dure dos horas o se alargue hasta las 23.30 h.
La boda es más cara.
En las bodas hay que traducir también los silencios.
En 2024 hice 43 encargos, un 7,5 % más que el año anterior… y eso que me había prometido descansar.

—¿Qué consejo le daría a quien empieza?

—Que lea en voz alta, que camine mucho y que no tenga miedo de preguntar «¿cómo dice?».
Que apunte siempre los números, aunque crea que los recuerda, porque la memoria es muy vanidosa y con los números se inventa lo que haga falta.
Y que nunca, nunca, mejore el discurso del otro.

—¿Y cuándo se jubila?

—El 31 de diciembre, si me dejan.
¿O pensaba que iba a decir que nunca?

Se levanta, paga los dos cafés y se cuelga el megáfono al hombro.

—Escriba bien lo de las cerezas —dice desde la puerta—.
Eran 80 kilos, no 18.
