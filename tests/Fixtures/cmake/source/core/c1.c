int from_c1(void)
{
    return (int)strlen("four");
}
