¡Bajen «las armas»!
Año, año; «dos líneas» 🕊 <b>&amp;
Sí.
