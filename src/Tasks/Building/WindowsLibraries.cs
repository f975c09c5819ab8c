namespace DistBuild.Tasks.Building;

/// <summary>Libraries of Windows, its SDK and Visual C++'s run-time, which projects name and which no program here needs.</summary>
internal static class WindowsLibraries
{
    private static readonly HashSet<string> Names = new(
        """
        aclui activeds adsiid advapi32 advpack amstrmid appmodel authz avicap32 avifil32 avrt bcrypt bluetoothapis bthprops bufferoverflowu cabinet
        cfgmgr32 cldapi clusapi cmcfg32 comctl32 comdlg32 comsuppw comsuppwd credui crypt32 cryptnet cryptui cryptxml cscapi d2d1 d3d10 d3d10_1
        d3d11 d3d12 d3d9 d3dcompiler d3dx10 d3dx11 d3dx9 dbgeng dbghelp dcomp ddraw delayimp devmgr dflayout dhcpcsvc dinput dinput8 dnsapi dsetup
        dsound dsprop dwmapi dwrite dxerr dxgi dxguid dxva2 eappcfg ehstorguids esent evr faultrep fontsub fwpuclnt gdi32 gdiplus glu32 gpedit
        hid hlink htmlhelp httpapi icm32 imagehlp imm32 inkobjcore iphlpapi ksguid ksproxy ksuser kernel32 ktmw32 legacy_stdio_definitions
        legacy_stdio_wide_specifiers loadperf lz32 mapi32 mf mfcore mfplat mfplay mfreadwrite mfuuid mincore mincore_downlevel mmdevapi mpr mprapi
        mqrt msacm32 mscms mscoree msdelta msdmo msi msimg32 mspatcha mstask msvfw32 mswsock msxml2 msxml6 mtxguid ncrypt ndfapi netapi32 netsh
        normaliz ntdll ntdllp ntdsapi ntmarta odbc32 odbccp32 ole32 oleacc oleaut32 oledb oledlg olepro32 onecore onecore_downlevel onecoreuap
        opengl32 opends60 pathcch pdh portabledeviceguids powrprof prntvpt propsys psapi qwave rasapi32 resutils rpcns4 rpcrt4 rstrtmgr rtm
        runtimeobject scarddlg schannel scrnsave scrnsavw secur32 security sensapi sensorsapi setupapi shcore shell32 shlwapi slc slwga softpub
        sporder srclient strmbase strmiids strsafe structuredquery svcguid synchronization t2embed tapi32 taskschd tdh tlbref traffic
        url urlmon user32 userenv usp10 uuid uxtheme vdmdbg version vfw32 virtdisk vss_uuid vssapi wbemuuid wdsclientapi webservices wer wevtapi
        wiaguid wimgapi windowsapp windowscodecs winhttp wininet winmm winscard winspool winstrm wintrust wldap32 wlanapi wmcodecdspuuid wmvcore
        ws2_32 wscapi wsdapi wsmsvc wsnmp32 wsock32 wtsapi32 x3daudio xapobase xaudio2 xaudio2_8 xinput xinput9_1_0 xinputuap xmllite
        xpsprint
        """.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    // With a d for the debug one, digits for a version, and so on.
    private static readonly string[] RuntimeStems =
        ["atls", "libcmt", "libcpmt", "libconcrt", "libucrt", "libvcruntime", "mfc", "mfcs", "msvcmrt", "msvcprt", "msvcrt", "msvcurt", "nafxcw", "oldnames", "uafxcw", "ucrt", "vcruntime", "vcomp", "concrt"];

    /// <summary>Whether this is a name, with or without <c>.lib</c>, of one of Windows' own libraries.</summary>
    public static bool Contains(string name)
    {
        string stem = Stem(name);
        return Names.Contains(stem) || IsRuntime(stem);
    }

    /// <summary>Whether this is the C or C++ run-time, whose counterpart the driver links by itself.</summary>
    public static bool IsRuntime(string name)
    {
        string stem = Stem(name);
        return RuntimeStems.Any(runtime =>
            stem.StartsWith(runtime, StringComparison.OrdinalIgnoreCase) && stem.Substring(runtime.Length).All(c => c is 'd' or 'D' or 'u' or 'U' || char.IsDigit(c)));
    }

    private static string Stem(string name) => name.EndsWith(".lib", StringComparison.OrdinalIgnoreCase) ? name.Substring(0, name.Length - 4) : name;
}
