Palabras de la alcaldesa en la reapertura de la pasarela del Molino

Plaza del Muelle, sábado 12 de octubre de 2024, 11.30 h

¡Buenos días a todas y a todos!
Sr. presidente de la Diputación, autoridades, vecinas y vecinos de las dos orillas: gracias por venir.
Sé que muchos han madrugado.
Sé también que algunos han cruzado en barca, por última vez.
Hace exactamente 1.096 días, la riada se llevó el puente de madera que nuestros abuelos levantaron en 1931.

Aquella noche no hubo que lamentar víctimas, pero nos quedamos partidos en dos: la escuela a un lado y el médico al otro, la harina en una orilla y el horno en la contraria.
¿Se acuerdan?
Yo, cuando cierro los ojos, todavía oigo el crujido de las tablas.
Para comprar un cuarto de kilo de café había que dar un rodeo de 14,5 kilómetros.
Y nadie, absolutamente nadie, se marchó del pueblo.

Quiero hablarles primero de dinero.
Ya sé que no es lo más bonito.
La pasarela ha costado 2.347.600 euros, un 3,8 % menos de lo presupuestado.
De esa cantidad, el 60 % lo puso la Diputación y el 25 % el Gobierno regional, y el 15 % restante salió de nuestro propio bolsillo, es decir, del bolsillo de ustedes.
No hemos pedido ni un solo préstamo.
Hay quien dice que, al lado de los más de mil millones que cuesta la nueva autovía, esto es calderilla.
Puede ser; pero por la autovía no se va a la escuela a pie.

¿Y qué tenemos hoy aquí?
Tenemos una pasarela de acero de 86 metros de largo y 3,20 de ancho, con barandillas de madera de castaño, que aguantará, según los ingenieros, una crecida como la de 2021 y otra peor todavía.
Pesa 118 toneladas.
No parece que pese nada.
La soldadura más fina se hizo en el taller de la calle Mayor, n.º 5, a doscientos pasos de donde les hablo.
Dos piezas, eso sí, vinieron de EE. UU., porque aquí ya no las fabrica nadie.

El acceso por la calle del Dr. Fleming, que tantos reclamaban, estará listo antes de Navidad.
Sé que algunos dudan del plazo y no les falta razón, porque la primera fecha que dimos, el 1 de mayo, no se cumplió.
La culpa, por cierto, no fue de la empresa; fue nuestra, por no encargar a tiempo el estudio del cauce.
Lo digo aquí, delante de todos, porque también esto es gobernar.
Se ha hablado mucho de un presunto sobrecoste.
No existe tal sobrecoste: las facturas están publicadas, una por una, en https://www.example.org/pasarela.
Léanlas y pregunten lo que quieran, que para eso estamos.

Permítanme ahora tres agradecimientos.
Gracias, en primer lugar, a los barqueros, que durante tres años cruzaron a 312 escolares cada mañana sin faltar un solo día… salvo los de niebla, claro.
Gracias, en segundo lugar, a la panadera.
Ella sabe por qué.
Y gracias, por último, a la intérprete de lengua de signos que está aquí, a mi derecha, y que hoy trabaja tanto como yo.
Durante la obra recibimos 487 cartas y casi todas decían lo mismo: que no tocáramos el molino.
Nos costó cambiar el trazado, pero ahí sigue en pie, con su rueda y con sus cigüeñas.

Un puente no es solo una manera de llegar al otro lado.
Un puente es una conversación entre dos orillas, y las conversaciones, como los puentes, hay que cuidarlas.
Por eso les pido tres cosas, y las tres son fáciles.
No aten candados a la barandilla.
No corran con la bicicleta: a la salida de la escuela, p. ej., hay más de cien niños cruzando.
Y, sobre todo, párense un momento en el centro a mirar el agua.

Algunos me han preguntado por qué inauguramos un 12 de octubre y no un día cualquiera.
La respuesta es sencilla.
Aquel 12 de octubre fue el día en que aprendimos a echarnos de menos.
Desde entonces, cada vez que oigo crecer el río, cuento: uno, dos, tres… y me acuerdo de aquella noche.

Esta tarde, a las 18.00 h, habrá música en las dos orillas y, a las 21.15 h, chocolate para quien aguante despierto.
Compartan sus fotos con la etiqueta #LaPasarelaVuelve; las mejores se colgarán en el Ayuntamiento.
Y ahora, basta de discursos.
¿Quién quiere cruzar primero?
Que pasen los niños de la escuela, que son los que más han esperado.
¡Viva la gente de las dos orillas!

Muchas gracias.
